// The page's frame: who may look, where one is, and whether the relay answers.
import { html, render, useState, useEffect, useRef } from './ui.js';
import { session, lost, healed, open, signIn, signOut, hasToken } from './api.js';
import { route, go } from './route.js';
import { Icon, Skeleton } from './parts.js';
import { Time } from './format.js';
import Find from './views/find.js';

const VIEWS = [
  ['find', 'Find'], ['overview', 'Overview'], ['live', 'Live'], ['dead', 'Dead letters'], ['dropped', 'Dropped'],
  ['playground', 'Playground'], ['contract', 'Contract'], ['webhooks', 'Webhooks'], ['settings', 'Settings'],
];
const loaded = { find: Find };
const TITLES = { ...Object.fromEntries(VIEWS), event: 'Event', ambiguous: 'Possibly twice' };

/** @param again how often it failed before: browsers remember that a module failed, but not under another address */
const load = (name, again = 0) => import(`./views/${name}.js${again ? '?' + again : ''}`).then(module => { loaded[name] = module.default; });

/** The module of a view is loaded when it is first looked at, or once the first view is there. */
function View({ name }) {
  const [, drawn] = useState(0);
  const heal = healed.use();
  useEffect(() => {
    if (loaded[name]) return;
    load(name, heal).then(() => drawn(n => n + 1), () => drawn(n => n + 1));
  }, [name, heal]);
  useEffect(() => {
    const timer = setTimeout(() => Object.keys(TITLES).forEach(each => loaded[each] || load(each).catch(() => {})), 1200);
    return () => clearTimeout(timer);
  }, []);
  const Shown = loaded[name];
  return Shown ? html`<${Shown} key=${name} />` : html`<${Skeleton} lines=${6} />`;
}

function Brand() {
  return html`<a class="brand" href="#/find"><img src="icon.svg" alt="" width="26" height="26" /><span>Listrak Relay</span></a>`;
}

function Foot() {
  const who = session.use();
  return html`<div class="foot">
    ${who.sandbox && html`<p class="chip">Sandbox: nothing leaves this machine</p>`}
    ${who.mayChange === false && html`<p class="chip">Read only${who.masked ? ', with masked addresses' : ''}</p>`}
    ${who.process && html`<p class="quiet small" title="The process that this page shows">${who.process}${who.engine === 'kafka' ? ', one of several' : ''}</p>`}
    ${who.version && html`<p class="quiet small">${who.version}${who.commit ? ` · ${String(who.commit).slice(0, 7)}` : ''}</p>`}
    ${hasToken() && html`<button type="button" class="link" onClick=${signOut}>Sign out</button>`}</div>`;
}

function Nav({ at }) {
  const [open, setOpen] = useState(false);
  const { view } = at;
  useEffect(() => setOpen(false), [at]);
  const leave = event => { if (event.key === 'Escape' && open) setOpen(false); };
  const active = { event: 'find', ambiguous: 'overview' }[view] || view;
  return html`<header class="nav" onKeyDown=${leave}>
    <${Brand} />
    <span class="nav-here" aria-hidden="true">${TITLES[view] || ''}</span>
    <button type="button" class="button quiet nav-menu" aria-expanded=${open} aria-controls="nav-items" aria-label="Menu" onClick=${() => setOpen(!open)}><${Icon} name=${open ? 'close' : 'menu'} /></button>
    <nav id="nav-items" aria-label="Views" class=${open ? 'open' : ''}>
      <ul>${VIEWS.map(([key, text]) => html`<li><a href=${'#/' + key} aria-current=${active === key ? 'page' : undefined}><${Icon} name=${key} />${text}</a></li>`)}</ul>
      <${Foot} />
    </nav></header>`;
}

function Connection() {
  const away = lost.use();
  return html`<div class="connection-place" role="status">${away && html`<p class="connection"><span class="pulse" aria-hidden="true"></span>
    <span>No connection to the relay since <${Time} at=${away.since} />. This page shows older data. It updates itself as soon as the relay answers.</span></p>`}</div>`;
}

function SignIn() {
  const who = session.get();
  const [wrong, setWrong] = useState(who.refused || '');
  const [busy, setBusy] = useState(false);
  const box = useRef();
  useEffect(() => box.current.focus(), []);
  const submit = async event => {
    event.preventDefault();
    const token = box.current.value.trim();
    if (!token) { setWrong('Paste the token first.'); return; }
    setBusy(true);
    setWrong('');
    const told = await signIn(token);
    if (told) { setWrong(told); setBusy(false); box.current.select(); }
  };
  return html`<main class="sign-in"><form class="card" onSubmit=${submit}>
    <img src="icon.svg" alt="" width="44" height="44" />
    <h1>Listrak Relay</h1>
    <p class="quiet">Sign in with the relay’s admin token. The browser keeps it until you close this tab.</p>
    <label for="token">Token</label>
    <input id="token" ref=${box} type="password" autocomplete="off" spellcheck="false" aria-invalid=${Boolean(wrong)} aria-describedby="token-wrong" />
    <p id="token-wrong" class="wrong" role="alert">${wrong}</p>
    <button class="button primary" disabled=${busy}>${busy ? 'Signing in…' : 'Sign in'}</button>
    <p class="quiet small">It is the value of <code>admin.token</code>, or of <code>admin.read-token</code> if you only want to read.</p></form></main>`;
}

function App() {
  const who = session.use();
  const away = lost.use();
  const at = route.use();
  const main = useRef();
  useEffect(() => { if (!who) open(); }, [away]);
  useEffect(() => {
    document.title = `${TITLES[at.view] || 'Not found'} · Listrak Relay`;
  }, [at.view]);
  useEffect(() => scrollTo(0, 0), [at.view, at.parts.join('/'), at.query.q, at.query.at]);
  useEffect(() => {
    const slash = event => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea, select, [contenteditable]')) return;
      event.preventDefault();
      const box = document.getElementById('find-box');
      if (box) { box.focus(); box.select(); } else { go('find'); requestAnimationFrame(() => setTimeout(() => document.getElementById('find-box')?.focus(), 30)); }
    };
    addEventListener('keydown', slash);
    return () => removeEventListener('keydown', slash);
  }, []);
  if (!who) return html`<${Connection} /><div class="starting" aria-hidden="true"></div>`;
  if (who.signedOut) return html`<${Connection} /><${SignIn} />`;
  const known = TITLES[at.view];
  return html`<a class="skip" href="#main" onClick=${event => { event.preventDefault(); main.current.focus(); }}>Skip to the content</a>
    <div class="shell"><${Nav} at=${at} />
    <main id="main" tabindex="-1" ref=${main}><${Connection} />
      ${known ? html`<${View} name=${at.view} />` : html`<div class="empty"><h1>This page does not exist</h1><p><a href="#/find">Go to Find</a></p></div>`}
    </main></div>`;
}

render(html`<${App} />`, document.getElementById('app'));
