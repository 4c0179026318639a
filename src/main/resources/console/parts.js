// The small pieces that all views share.
import { html, useState, useEffect, useRef, useLayoutEffect } from './ui.js';
import { outcomeWord } from './words.js';
import { session } from './api.js';

const PATHS = {
  find: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.5 16.5 21 21',
  overview: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  live: 'M3 12h4l3-8 4 16 3-8h4',
  dead: 'M3 7l9 6 9-6M3 6h18v13H3z',
  dropped: 'M3 5h18l-7 8v6l-4 2v-8z',
  playground: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13 5l-2 14',
  contract: 'M7 3h8l4 4v14H7zM10 12l2 2 4-4',
  webhooks: 'M12 8a3 3 0 1 0-3-3M9 7l-4 8M5 21a3 3 0 1 0 3-3M8 18h8M19 21a3 3 0 1 0-2-5M17 16l-4-8',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M6 14v6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 12l5 5 9-10',
  close: 'M6 6l12 12M18 6L6 18',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 5l12 7-12 7z',
  back: 'M14 6l-6 6 6 6',
  right: 'M10 6l6 6-6 6',
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}

export function Badge({ outcome, word, kind }) {
  const [known, tone] = outcomeWord(outcome);
  return html`<span class=${'badge ' + (kind || tone)}>${word || known}</span>`;
}

export function Button({ children, icon, kind = '', ...rest }) {
  return html`<button type="button" class=${'button ' + kind} ...${rest}>${icon && html`<${Icon} name=${icon} />`}${children}</button>`;
}

/** Copies a text, and says so for a moment. */
export function Copy({ text, children = 'Copy', kind = 'quiet' }) {
  const [done, setDone] = useState('');
  useEffect(() => {
    const timer = done && setTimeout(() => setDone(''), 1600);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    const value = typeof text === 'function' ? text() : text;
    try { await navigator.clipboard.writeText(value); setDone('Copied'); } catch { setDone(byHand(value) ? 'Copied' : 'Can’t copy here'); }
  };
  return html`<button type="button" class=${'button ' + kind} onClick=${copy}>
    <${Icon} name=${done === 'Copied' ? 'check' : 'copy'} /><span aria-live="polite">${done || children}</span></button>`;
}

/** Where the page came by http from another machine, browsers offer no clipboard. */
function byHand(value) {
  const area = document.createElement('textarea');
  area.value = value;
  area.className = 'offscreen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

/** Bars where text will be; not shown for what loads at once. */
export function Skeleton({ lines = 4 }) {
  return html`<div class="skeleton" role="status" aria-label="Loading">${Array.from({ length: lines }, (_, i) => html`<span class=${'bone b' + (i % 4)}></span>`)}</div>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><h2>${title}</h2>${children}</div>`;
}

/** What went wrong with a call, calmly. A lost connection is told by the shell; its view keeps waiting. */
export function Problem({ error, what }) {
  if (!error) return null;
  if (error.isLost) return html`<${Skeleton} />`;
  if (error.notYet && what) {
    return html`<${Empty} title="This version does not have this view"><p>This relay is an older version and has no ${what}. The other views work.</p><//>`;
  }
  if (error.status === 403) return html`<p class="note wait" role="alert">You are signed in with the read token, which may not change anything: ${error.message}</p>`;
  return html`<p class="note bad" role="alert">${error.message || String(error)}</p>`;
}

/** Shows the data of useLoad, or a skeleton, or what is wrong. */
export function Loaded({ of, what, lines, children }) {
  if (of.data !== undefined) return children(of.data);
  return of.error ? html`<${Problem} error=${of.error} what=${what} />` : html`<${Skeleton} lines=${lines} />`;
}

export function Title({ children, side, lead }) {
  return html`<header class="title"><div><h1>${children}</h1>${lead && html`<p class="lead">${lead}</p>`}</div>${side && html`<div class="side">${side}</div>`}</header>`;
}

export function Card({ title, side, children, kind = '', flush }) {
  return html`<section class=${'card ' + kind}>${title && html`<div class="card-head"><h2>${title}</h2>${side}</div>`}
    <div class=${flush ? '' : 'card-body'}>${children}</div></section>`;
}

/** A choice of a few, one of them pressed. */
export function Choice({ label, options, value, onChange }) {
  return html`<div class="choice" role="group" aria-label=${label}>${options.map(([key, text]) => html`
    <button type="button" aria-pressed=${key === value} onClick=${() => onChange(key)}>${text}</button>`)}</div>`;
}

/** Tabs with arrow keys. options: [[key, text]…] */
export function Tabs({ label, options, value, onChange, children }) {
  const at = useRef();
  const move = event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (options.findIndex(([key]) => key === value) + step + options.length) % options.length;
    onChange(options[next][0]);
    at.current.querySelectorAll('[role=tab]')[next].focus();
  };
  return html`<div class="tabs"><div role="tablist" aria-label=${label} ref=${at} onKeyDown=${move}>${options.map(([key, text]) => html`
      <button type="button" role="tab" id=${'tab-' + key} aria-controls="tab-panel" aria-selected=${key === value} tabindex=${key === value ? 0 : -1}
        onClick=${() => onChange(key)}>${text}</button>`)}</div>
    <div role="tabpanel" id="tab-panel" aria-labelledby=${'tab-' + value} tabindex="0" class="tab-panel">${children}</div></div>`;
}

/** Up and down between the rows of a list; each row is a link or a button marked data-row. */
export function rowKeys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches('input, textarea, select')) return;
  const rows = [...event.currentTarget.querySelectorAll('[data-row]')];
  const next = rows[rows.indexOf(document.activeElement) + step];
  if (next) { event.preventDefault(); next.focus(); }
}

/** A question before something that can't be taken back. Escape and Cancel leave it. */
export function Confirm({ title, children, yes, kind = 'danger', onYes, onNo, busy }) {
  const dialog = useRef();
  useLayoutEffect(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  return html`<dialog ref=${dialog} aria-labelledby="confirm-title" onCancel=${event => { event.preventDefault(); onNo(); }}>
    <h2 id="confirm-title">${title}</h2>${children}
    <div class="actions end"><${Button} kind="quiet" onClick=${onNo}>Cancel<//><${Button} kind=${kind} disabled=${busy} onClick=${onYes}>${yes}<//></div></dialog>`;
}

/** Whether change buttons are shown at all. */
export const useMayChange = () => session.use()?.mayChange !== false;

/** A command to paste into a terminal. */
export function Command({ children }) {
  return html`<div class="command"><pre tabindex="0">${children}</pre><${Copy} text=${children}>Copy the command<//></div>`;
}

const shop = port => `curl -u sandbox: http://localhost:${port}/v1/track -H 'Content-Type: application/json' -d '{"type":"track","event":"Order Completed","properties":{"order_id":"ORD-10428","revenue":129.99,"currency":"USD"},"context":{"traits":{"email":" User@Example.com "}},"timestamp":"2026-06-06T12:34:56Z"}'`;

/** What to do where no event is yet: in the sandbox a command, else where events come from. */
export function FirstEvent() {
  const { sandbox, process } = session.use() || {};
  const port = /:(\d+)$/.exec(process)?.[1] || 8080;
  return sandbox
    ? html`<p>Paste this into a terminal. The event appears here a moment later.</p><${Command}>${shop(port)}<//>`
    : html`<p>Post an event to <code>/v1/track</code> on port ${port}, with a key of <code>source.rest.write-keys</code>, or connect a source.</p>`;
}
