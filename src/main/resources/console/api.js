// Every call to /admin: with the tab's token, and with what a lost connection or a wrong token does to the page.
import { store } from './store.js';
import { useState, useEffect, useRef, useCallback } from './ui.js';

const KEY = 'listrak-relay.token';

/** null: not known yet; {signedOut: true}: a token is needed; else the answer of /admin/session. */
export const session = store(null);
/** null while the relay answers, else {since}. */
export const lost = store(null);
/** Counts the connections that came back: what was loaded before is loaded anew. */
export const healed = store(0);

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
  /** The relay is of a version that doesn't have this call. */
  get notYet() { return this.status === 404 || this.status === 405 || this.status === 501; }
  get isLost() { return this.status === 0; }
}

/** A number as it was written: 129.90 stays so, and so do 20 digits. */
class Digits {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
  toJSON() { return JSON.rawJSON ? JSON.rawJSON(this.text) : Number(this.text); }
}
export const isNumber = value => typeof value === 'number' || value instanceof Digits;

function digits(key, value, context) {
  return typeof value === 'number' && context && context.source !== String(value) ? new Digits(context.source) : value;
}
export const parseExactly = text => JSON.parse(text, digits);

let token = sessionStorage.getItem(KEY) || '';

async function fetchOnce(path, { method = 'GET', body, signal }) {
  const headers = {};
  if (token) headers.Authorization = 'Bearer ' + token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return fetch(path, { method, headers, signal, cache: 'no-store', credentials: 'omit', body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body) });
}

export async function call(path, options = {}) {
  let answer, text;
  try {
    answer = await fetchOnce(path, options);
    text = await answer.text();
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    noteLost();
    throw new ApiError(0, 'The relay does not answer.');
  }
  if (lost.get()) noteHealed();
  if (answer.ok) return text ? (options.exact ? parseExactly(text) : JSON.parse(text)) : null;
  if (answer.status === 401 && session.get()) session.set({ signedOut: true });
  let message = `The relay answered ${answer.status}.`;
  try { message = JSON.parse(text).error || message; } catch { /* no JSON: the status says it */ }
  throw new ApiError(answer.status, message);
}

export const eventPath = (spool, seq) => `/admin/events/${seq}?spool=${encodeURIComponent(spool)}`;
export const get = (path, options) => call(path, options);
export const post = (path, body = {}, options) => call(path, { ...options, method: 'POST', body });

/**
 * Saves an answer as a file, however long it is.
 * @param onBytes is told how many bytes came so far
 */
export async function download(path, name, onBytes, signal) {
  const answer = await fetchOnce(path, { signal });
  if (!answer.ok) throw new ApiError(answer.status, (await answer.json().catch(() => ({}))).error || `The relay answered ${answer.status}.`);
  const parts = [], reader = answer.body.getReader();
  for (let bytes = 0, next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    onBytes(bytes += next.value.length);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: answer.headers.get('Content-Type') }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

let asking = null;
function noteLost() {
  if (!lost.get()) lost.set({ since: new Date().toISOString() });
  if (!asking) asking = setTimeout(askAgain, 2000, 2000);
}
async function askAgain(waited) {
  asking = null;
  try {
    const answer = await fetchOnce('/admin/session', {});
    if (answer.status < 500) return noteHealed();
  } catch { /* still away */ }
  asking = setTimeout(askAgain, Math.min(waited * 1.5, 10000), Math.min(waited * 1.5, 10000));
}
function noteHealed() {
  clearTimeout(asking);
  asking = null;
  lost.set(null);
  healed.set(healed.get() + 1);
}

/** Opens the page: who am I, and what may I do? */
export async function open() {
  try {
    session.set(await call('/admin/session'));
  } catch (failure) {
    if (failure.status) session.set({ signedOut: true, refused: failure.status === 401 ? '' : failure.message });
  }
}

/** @returns what is wrong with the token, or nothing */
export async function signIn(given) {
  token = given;
  try {
    const told = await call('/admin/session');
    sessionStorage.setItem(KEY, given);
    session.set(told);
    return '';
  } catch (failure) {
    token = '';
    if (failure.status === 401) return 'This token is wrong. Expected the relay’s admin.token or admin.read-token.';
    if (failure.status === 429) return 'There were too many wrong tokens. Try again in a few seconds.';
    return failure.message;
  }
}

export function signOut() {
  token = '';
  sessionStorage.removeItem(KEY);
  session.set({ signedOut: true });
}
export const hasToken = () => token !== '';

/**
 * Loads for a component. While it loads again, what was there stays; for other deps it starts empty.
 * @param every milliseconds between loads, while the page is looked at
 */
export function useLoad(load, deps = [], { every } = {}) {
  const key = JSON.stringify(deps);
  const [state, set] = useState({ key });
  const [round, again] = useState(0);
  const heal = healed.use();
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const abort = new AbortController();
    let timer;
    const run = async () => {
      if (every && document.hidden) { timer = setTimeout(run, 1000); return; }
      try {
        const data = await latest.current(abort.signal);
        if (!abort.signal.aborted) set({ key, data, at: Date.now() });
      } catch (error) {
        if (!abort.signal.aborted) set(before => ({ key, error, data: before.key === key ? before.data : undefined }));
      }
      if (every && !abort.signal.aborted) timer = setTimeout(run, every);
    };
    run();
    return () => { abort.abort(); clearTimeout(timer); };
  }, [key, round, heal, every]);
  const reload = useCallback(() => again(n => n + 1), []);
  return state.key === key ? { ...state, reload } : { reload };
}
