// Replays dead letters and follows them until each has an outcome again.
import { html, useState, useEffect, useRef } from './ui.js';
import { eventPath, get, post } from './api.js';
import { Badge, Problem } from './parts.js';
import { count, plural } from './format.js';
import { eventHref } from './route.js';
import { isPending, outcomeWord, successor } from './words.js';

const FOLLOWED = 200;
const AT_ONCE = 10;

/** How a follow-up stands: how many of which outcome. */
function tallied(outcomes) {
  const tally = new Map();
  for (const { outcome } of outcomes.values()) tally.set(outcome, (tally.get(outcome) || 0) + 1);
  return tally;
}

const WAITS = { outcome: 'accepted' };

/** How a replayed event fares now: it is a new one with another seq, which the old one tells. */
async function look(spool, seq, since) {
  try {
    const event = await get(eventPath(spool, seq));
    if (successor(event)) return look(spool, successor(event), since);
    // until its turn comes, the history tells of its death before
    const waits = isPending(event) || (event.outcome === 'dead' && new Date(event.at) < since);
    return waits ? WAITS : { outcome: event.outcome, seq };
  } catch (error) { return error.status === 404 ? { outcome: 'gone' } : WAITS; }
}

/** @param onDone called once all that is followed is settled */
export function Replay({ spool, seqs, onDone }) {
  const [state, setState] = useState({ outcomes: new Map() });
  const started = useRef(new Date());
  const followed = seqs.slice(0, FOLLOWED);
  useEffect(() => {
    let gone = false, timer;
    const outcomes = new Map(followed.map(seq => [seq, WAITS]));
    const follow = async () => {
      const open = followed.filter(seq => outcomes.get(seq) === WAITS);
      for (let i = 0; i < open.length && !gone; i += AT_ONCE) {
        await Promise.all(open.slice(i, i + AT_ONCE).map(async seq => outcomes.set(seq, await look(spool, seq, started.current))));
        if (!gone) setState(before => ({ ...before, outcomes: new Map(outcomes) }));
      }
      if (gone) return;
      if (open.some(seq => outcomes.get(seq) === WAITS)) timer = setTimeout(follow, 1200);
      else { setState(before => ({ ...before, done: true })); onDone?.(); }
    };
    started.current = new Date(Date.now() - 500);
    post(`/admin/dead-letters/replay?spool=${encodeURIComponent(spool)}`, { ids: seqs }).then(
      told => { if (!gone) { setState(before => ({ ...before, told, outcomes: new Map(outcomes) })); timer = setTimeout(follow, 400); } },
      error => { if (!gone) setState(before => ({ ...before, error })); });
    return () => { gone = true; clearTimeout(timer); };
  }, []);
  if (state.error) return html`<${Problem} error=${state.error} />`;
  if (!state.told) return html`<p class="quiet" role="status">Starting the replay…</p>`;
  const tally = tallied(state.outcomes);
  const settled = followed.length - (tally.get('accepted') || 0);
  const before = seqs.length - state.told.replayed;
  const again = [...state.outcomes.values()].filter(one => one.outcome === 'dead');
  return html`<div class="replay" role="status">
    <p><strong>${state.told.replayed === 0 ? 'Nothing was left to replay.' : `${plural(state.told.replayed, 'dead letter')} ${state.told.replayed === 1 ? 'is' : 'are'} replayed.`}</strong>
      ${before > 0 && ` ${count(before)} of ${count(seqs.length)} ${before === 1 ? 'was' : 'were'} gone: someone else replayed ${before === 1 ? 'it' : 'them'}, or ${before === 1 ? 'it was' : 'they were'} forgotten.`}
      ${state.told.waiting > 0 && ` ${plural(state.told.waiting, 'dead letter waits', 'dead letters wait')} for a turn, because live events go first.`}</p>
    <div class="progress"><span class=${state.done ? 'done' : ''} style=${{ width: `${(100 * settled) / (followed.length || 1)}%` }}></span></div>
    <p class="chips">${[...tally].map(([outcome, n]) => html`<span><${Badge} outcome=${outcome} word=${outcome === 'gone' ? 'No longer known' : outcomeWord(outcome)[0]} /> ${count(n)}</span>`)}
      <span class="quiet">${count(settled)} of ${count(followed.length)} settled${seqs.length > followed.length ? `; this page follows the first ${count(FOLLOWED)}` : ''}</span></p>
    ${again.length > 0 && state.done && html`<p class="small">Dead letters again: ${again.slice(0, 10).map(({ seq }) => html`<a href=${eventHref({ spool, seq })}>${seq}</a> `)}</p>`}</div>`;
}
