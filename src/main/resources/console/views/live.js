// Events as they come, newest on top. Nothing is asked while nobody looks.
import { html, useState, useEffect, useRef } from '../ui.js';
import { post, get, useLoad, healed } from '../api.js';
import { route, replace } from '../route.js';
import { EventRows } from '../rows.js';
import { keyOf, merge } from '../search.js';
import { Button, Card, Empty, FirstEvent, Problem, Skeleton, Title } from '../parts.js';

const OUTCOMES = [['', 'All outcomes'], ['pending', 'Waiting'], ['delivered', 'Delivered'], ['dropped', 'Dropped'], ['dead', 'Dead letters'], ['forwarded', 'Forwarded']];
const ASKED = { pending: ['accepted', 'held', 'retried'] };
const KEPT = 500;
const PAGE = 100;

async function newest({ outcome, name, contact, spool }, signal, before) {
  const body = { limit: PAGE };
  if (name) body.name = name;
  if (contact) body.contact = contact;
  if (spool) body.spool = spool;
  if (before) body.before = String(before);
  const asked = ASKED[outcome] || [outcome];
  const answers = await Promise.all(asked.map(one => post('/admin/events/search', one ? { ...body, outcome: one } : body, { signal })));
  const next = answers.length === 1 ? answers[0].next : undefined;
  return { events: merge(...answers.map(answer => answer.events || [])), next };
}

function Filters({ query, set }) {
  const status = useLoad(signal => get('/admin/status', { signal }), []);
  const spools = (status.data?.spools || []).map(spool => spool.name);
  const [name, setName] = useState(query.name || '');
  const [contact, setContact] = useState(query.contact || '');
  const apply = event => { event.preventDefault(); set({ name: name.trim(), contact: contact.trim() }); };
  return html`<form class="filters" onSubmit=${apply}>
    <label>Outcome <select value=${query.outcome || ''} onChange=${event => set({ outcome: event.target.value })}>${OUTCOMES.map(([key, text]) => html`<option value=${key} selected=${key === (query.outcome || '')}>${text}</option>`)}</select></label>
    <label>Event name <input type="text" value=${name} onInput=${event => setName(event.target.value)} onBlur=${apply} placeholder="Order Completed" maxlength="300" /></label>
    <label>Contact <input type="text" value=${contact} onInput=${event => setContact(event.target.value)} onBlur=${apply} placeholder="user@example.com" autocomplete="off" maxlength="320" /></label>
    ${spools.length > 1 && html`<label>Spool <select onChange=${event => set({ spool: event.target.value })}><option value="" selected=${!query.spool}>All spools</option>${spools.map(spool => html`<option value=${spool} selected=${spool === query.spool}>${spool}</option>`)}</select></label>`}
    <button class="visually-hidden">Filter</button></form>`;
}

function Stream({ query, paused }) {
  const [rows, setRows] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const state = useRef({ events: [], fresh: new Set() });
  const heal = healed.use();
  const show = () => setRows({ ...state.current });
  useEffect(() => {
    const abort = new AbortController();
    let timer;
    const run = async () => {
      if (document.hidden || (paused && state.current.loaded)) { timer = setTimeout(run, 1000); return; }
      try {
        const got = await newest(query, abort.signal);
        const mine = state.current;
        const before = new Set(mine.events.map(keyOf));
        // a full page of which nothing was there before: between it and the rest, some are missing
        if (mine.loaded && got.events.length >= PAGE && !got.events.some(event => before.has(keyOf(event)))) mine.skipped = true;
        const stillPending = mine.events.filter(event => query.outcome !== 'pending' || got.events.some(one => keyOf(one) === keyOf(event)));
        mine.fresh = mine.loaded ? new Set(got.events.map(keyOf).filter(key => !before.has(key))) : new Set();
        mine.events = merge(got.events, stillPending).slice(0, Math.max(KEPT, mine.older || 0));
        if (!mine.loaded) mine.next = got.next;
        mine.loaded = true;
        setError(null);
        show();
      } catch (failure) { if (!abort.signal.aborted) setError(failure); }
      if (!abort.signal.aborted) timer = setTimeout(run, 2000);
    };
    run();
    return () => { abort.abort(); clearTimeout(timer); };
  }, [paused, heal]);
  const loadOlder = async () => {
    setBusy(true);
    try {
      const got = await newest(query, undefined, state.current.next);
      const mine = state.current;
      mine.events = merge(mine.events, got.events);
      mine.older = mine.events.length + KEPT;
      mine.next = got.next;
      mine.fresh = new Set();
      show();
    } catch (failure) { setError(failure); } finally { setBusy(false); }
  };
  if (!rows) return error ? html`<${Problem} error=${error} />` : html`<${Skeleton} lines=${8} />`;
  const filtered = query.outcome || query.name || query.contact || query.spool;
  if (!rows.events.length) {
    return filtered
      ? html`<${Empty} title=${query.outcome === 'pending' ? 'No events waiting' : 'No events match the filters'}><p>${query.outcome === 'pending' ? 'All events are settled.' : 'New ones appear here as they arrive. To see all events,'} ${query.outcome !== 'pending' && html`<a href="#/live">remove the filters</a>`}</p><//>`
      : html`<${Empty} title="No event yet"><${FirstEvent} /><//>`;
  }
  return html`${error && !error.isLost && html`<${Problem} error=${error} />`}
    ${rows.skipped && html`<p class="note wait">Events arrive faster than this list can show, so some are missing. Set a filter, or use Find.</p>`}
    <${EventRows} label="Events, newest first" events=${rows.events} fresh=${rows.fresh} />
    ${rows.next !== undefined && html`<p class="more"><button type="button" class="link" disabled=${busy} onClick=${loadOlder}>${busy ? 'Loading…' : 'Load older ones'}</button></p>`}`;
}

export default function Live() {
  const { query } = route.use();
  const [paused, setPaused] = useState(false);
  const set = change => replace('live', { ...query, ...change });
  useEffect(() => {
    const space = event => { if (event.key === 'p' && !event.ctrlKey && !event.metaKey && !event.target.matches('input, textarea, select')) setPaused(now => !now); };
    addEventListener('keydown', space);
    return () => removeEventListener('keydown', space);
  }, []);
  return html`<${Title} lead="Events as they arrive, with their outcomes." side=${html`<span class=${'live-state ' + (paused ? '' : 'on')} role="status"><span class="pulse" aria-hidden="true"></span>${paused ? 'Paused' : 'Live'}</span>
      <${Button} icon=${paused ? 'play' : 'pause'} kind="quiet" onClick=${() => setPaused(!paused)} aria-keyshortcuts="p" title="p">${paused ? 'Resume' : 'Pause'}<//>`}>Live<//>
    <${Filters} query=${query} set=${set} />
    <${Card} flush><${Stream} key=${JSON.stringify(query)} query=${query} paused=${paused} /><//>`;
}
