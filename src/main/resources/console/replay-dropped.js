// Replays the dropped events of a reason: says beforehand how many there are, tries a few first, and shows how far it is.
import { html, useState, useEffect } from './ui.js';
import { get, post } from './api.js';
import { Button, Confirm, Problem, useMayChange } from './parts.js';
import { count, plural, when } from './format.js';

const FIRST = 10;
const WORDS = { first: 'The first events are on their way…', rest: 'Replaying the others…', done: 'All are replayed.', stopped: 'Stopped.' };

function Numbers({ of, first }) {
  const kept = of.spools.map(spool => spool.keptSince).filter(Boolean).sort().pop();
  return html`<p><strong>${plural(of.count, 'event')}</strong> of the history can be replayed: mapped anew and sent, live events first.</p>
    ${of.notKept > 0 && html`<p class="note wait">${plural(of.notKept, 'event')} of this reason can’t: the history begins ${when(kept)}.</p>`}
    ${first && of.count > FIRST && html`<p>The ${FIRST} oldest go first. If half of them end no better, the others stay.</p>`}`;
}

/** How far the replay with this id is. */
export function Progress({ id }) {
  const [run, setRun] = useState();
  useEffect(() => {
    let gone = false, timer;
    const follow = async () => {
      const { replays } = await get('/admin/replays').catch(() => ({}));
      const now = replays && (replays.find(replay => replay.id === id) || { state: 'stopped', why: 'The relay was restarted.' });
      if (gone) return;
      if (now) setRun(now);
      if (!now || now.state === 'first' || now.state === 'rest') timer = setTimeout(follow, 1500);
    };
    follow();
    return () => { gone = true; clearTimeout(timer); };
  }, [id]);
  if (!run) return null;
  return html`<div class="replay" role="status"><p><strong>${WORDS[run.state]}</strong> ${run.all && `${count(run.replayed)} of ${count(run.all)} replayed.`} ${run.why}</p>
    ${run.state === 'first' && html`<${Button} kind="quiet" onClick=${() => post(`/admin/replays/${id}/stop`).then(setRun)}>Stop<//>`}</div>`;
}

/** @param spools where events were dropped for this reason; a few go first only if it is one spool */
export function ReplayDropped({ reason, spools, onDone }) {
  const mayChange = useMayChange();
  const [state, setState] = useState({});
  if (!mayChange || reason === 'forgotten') return null;
  const one = spools.length === 1;
  const ask = (more, then) => post('/admin/dropped/replay' + (one ? `?spool=${encodeURIComponent(spools[0])}` : ''), { reason, ...more }).then(then, error => setState({ error }));
  const start = () => { setState({}); ask(one ? { canary: FIRST } : {}, told => { setState({ told }); onDone(told); }); };
  return html`<${Button} icon="play" onClick=${() => ask({ dryRun: true }, counted => setState({ counted }))}>Replay dropped<//>
    ${state.error && html`<${Problem} error=${state.error} />`}
    ${state.counted && html`<${Confirm} title="Replay what was dropped?" yes="Replay" kind="primary" busy=${!state.counted.count} onNo=${() => setState({})} onYes=${start}><${Numbers} of=${state.counted} first=${one} /><//>`}
    ${state.told && !state.told.canary && html`<p role="status">${plural(state.told.replayed, 'event')} replayed.</p>`}`;
}
