// An event and a draft of the mapping side by side: what would become of it, without touching anything.
import { html, useState, useEffect, useRef } from '../ui.js';
import { eventPath, get, post, parseExactly } from '../api.js';
import { route, eventHref } from '../route.js';
import { Body } from '../detail.js';
import { Editor } from '../editor.js';
import { Diff } from '../diff.js';
import { Suggested } from '../suggest.js';
import { Why, outcomeOf } from '../why.js';
import { Text } from '../text.js';
import { pretty } from '../json.js';
import { Badge, Button, Card, Choice, Copy, Problem, Skeleton, Title } from '../parts.js';
import { count, plural, bytes } from '../format.js';
import { dropWords, destinationName } from '../words.js';

const EXAMPLE = {
  type: 'track', event: 'Order Completed', timestamp: '2026-06-06T12:34:56Z',
  context: { traits: { email: 'user@example.com' } }, properties: { order_id: 'ORD-10428', revenue: 129.99, currency: 'USD' },
};
const draft = { loaded: false, event: '', mapping: '', cases: '', original: null };

/** Where a mistake of JSON is, as a line. */
function jsonMistake(text) {
  try { parseExactly(text); return null; } catch (error) {
    const at = /position (\d+)/.exec(error.message);
    const line = /line (\d+)/.exec(error.message);
    return { line: line ? Number(line[1]) : at ? text.slice(0, Number(at[1])).split('\n').length : 1, message: error.message };
  }
}

function Result({ told, stale }) {
  const explanation = told.explanation;
  if (!explanation) return null;
  const [word, kind] = outcomeOf(explanation);
  const names = (explanation.rules || []).filter(rule => /^(it )?match/i.test(rule.verdict || '') && rule.event_name).map(rule => rule.event_name);
  const bodies = (explanation.requests || []).filter(request => request.body);
  return html`<${Card} title="Result" kind=${stale ? 'stale' : ''}>
    <p class="result-line" role="status"><${Badge} word=${word} kind=${kind} /> <strong>${explanation.outcome === 'sent'
      ? html`It would be sent${names.length ? html` as <em><${Text} value=${names[0]} cutAt=${80} /></em>` : ''}${bodies.length > 1 ? ` in ${bodies.length} parts` : ''}.`
      : explanation.outcome === 'dropped' ? html`It would not be sent: <${Text} value=${dropWords(explanation.reason)[0]} />.` : html`<${Text} value=${explanation.reason} />`}</strong></p>
    <div class="detail-grid"><div>${bodies.map(request => html`<p class="quiet small">To ${destinationName(request.account ? 'listrak-' + request.account : 'listrak')}, ${bytes(request.bytes)}${request.unknown_outcome === 'hold' ? '; held if the outcome is unknown' : ''}</p><${Body} text=${request.body} />`)}${!bodies.length && html`<p class="quiet">Nothing would be sent.</p>`}</div><${Why} explanation=${explanation} /></div><//>`;
}

const Earlier = ({ is }) => is && html`<p class="quiet small">This is the result of an earlier draft. Run it again.</p>`;

function Cases({ of, earlier }) {
  if (!of) return null;
  const failed = of.failed || [];
  return html`<${Card} title="Cases"><${Earlier} is=${earlier} /><p role="status"><${Badge} kind=${failed.length ? 'bad' : 'good'} word=${failed.length ? `${count(failed.length)} failed` : 'all pass'} /> ${plural(of.passed, 'case')} passed${failed.length ? '.' : ', none failed.'}</p>
    ${failed.map(one => html`<div class="case"><strong><${Text} value=${one.case} /></strong><pre class="raw" tabindex="0"><${Text} value=${typeof one.difference === 'string' ? one.difference : pretty(one.difference)} fold=${1500} /></pre></div>`)}<//>`;
}

function Changes({ of, earlier }) {
  if (!of) return null;
  return html`<${Card} title="With real events"><${Earlier} is=${earlier} /><p role="status">${of.changed?.length ? html`<${Badge} kind="wait" word=${`${count(of.looked - of.same)} changed`} />` : html`<${Badge} kind="good" word="no changes" />`} Of the last ${plural(of.looked, 'event')}, ${count(of.same)} would have the same result as with the active mapping.</p>
    ${(of.changed || []).map(group => html`<details class="change"><summary><b>${count(group.count)}</b> <span class="change-way"><code><${Text} value=${group.from} cutAt=${80} /></code> → <code><${Text} value=${group.to} cutAt=${80} /></code></span></summary>
      ${(group.samples || []).slice(0, 5).map(sample => html`<div class="sample"><p><a href=${eventHref(sample)}><${Text} value=${sample.name || sample.seq} cutAt=${80} /> <span class="quiet">${sample.spool} ${sample.seq}</span></a></p><${Diff} before=${sample.before} after=${sample.after} /></div>`)}</details>`)}<//>`;
}

function download(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The event of a link, or the last draft, or an example; and the active mapping. */
function useDraft(query) {
  const [state, setState] = useState(null);
  useEffect(() => {
    let gone = false;
    (async () => {
      const problems = [];
      if (!draft.loaded) {
        try {
          draft.original = await get('/admin/mapping');
          draft.mapping = draft.original.text || '';
          draft.cases = draft.original.cases || '';
          draft.loaded = true;
        } catch (error) { problems.push(error); }
      }
      if (query.seq) {
        try { draft.event = pretty((await get(eventPath(query.spool || 'events', query.seq), { exact: true })).payload); } catch (error) { problems.push(error); }
      }
      if (!draft.event) draft.event = pretty(EXAMPLE);
      if (!gone) setState({ ...draft, problem: problems[0] });
    })();
    return () => { gone = true; };
  }, [query.spool, query.seq]);
  const set = change => { Object.assign(draft, change); setState(before => ({ ...before, ...change })); };
  return [state, set];
}

export default function Playground() {
  const { query } = route.use();
  const [state, set] = useDraft(query);
  return html`<${Title} lead="Try an event against a draft of the mapping. Nothing is sent, stored or changed.">Playground<//>
    ${state && !state.original ? html`<${Problem} error=${state.problem} what="playground" />` : state ? html`<${Bench} key=${(query.spool || '') + (query.seq || '')} state=${state} set=${set} query=${query} />` : html`<${Skeleton} lines=${8} />`}`;
}

function Bench({ state, set, query }) {
  const [told, setTold] = useState({});
  const [runs, setRuns] = useState({});
  const [busy, setBusy] = useState('');
  const [error, setError] = useState(state.problem || null);
  const [file, setFile] = useState('mapping');
  const [number, setNumber] = useState(1000);
  const [made, setMade] = useState(null);
  const asked = useRef(0);
  const results = useRef();
  const isEarlier = what => runs[what + 'Of'] !== state.mapping + state.cases;
  const badEvent = jsonMistake(state.event);

  const body = extra => {
    const event = badEvent ? undefined : parseExactly(state.event);
    return { mapping: state.mapping, ...(event === undefined ? {} : { event }), ...extra };
  };
  const explain = async () => {
    const turn = ++asked.current;
    try {
      const answer = await post('/admin/mapping/try', body());
      if (turn === asked.current) { setTold(answer); setError(null); }
    } catch (failure) {
      if (turn === asked.current) setError(failure);
    }
  };
  useEffect(() => {
    const timer = setTimeout(explain, told.explanation || told.mistakes ? 400 : 0);
    return () => clearTimeout(timer);
  }, [state.event, state.mapping]);

  const run = async what => {
    setBusy(what);
    setError(null);
    try {
      const answer = await post('/admin/mapping/try', what === 'cases' ? body({ cases: state.cases }) : body({ events: number }));
      if (answer.mistakes?.length) setTold(answer);
      else {
        setRuns(before => ({ ...before, [what]: what === 'cases' ? answer.cases : answer.changes, [what + 'Of']: state.mapping + state.cases }));
        requestAnimationFrame(() => results.current?.scrollIntoView({ behavior: 'smooth', block: 'nearest' }));
      }
    } catch (failure) { setError(failure); } finally { setBusy(''); }
  };
  const suggest = async () => {
    setBusy('lines');
    setError(null);
    try {
      const answer = await post('/admin/mapping/suggestions', { mapping: state.mapping, file: name, hours: '24' });
      if (answer.mistakes?.length) setTold(answer);
      else {
        setRuns(before => ({ ...before, lines: answer, linesOf: state.mapping + state.cases }));
        requestAnimationFrame(() => results.current?.scrollIntoView({ behavior: 'smooth', block: 'nearest' }));
      }
    } catch (failure) { setError(failure); } finally { setBusy(''); }
  };
  const useLines = () => { set({ mapping: runs.lines.mapping }); setRuns(before => ({ ...before, lines: null })); setFile('mapping'); };
  const makeCase = async () => {
    setBusy('case');
    try {
      const answer = await post(`/admin/events/${query.seq}/case?spool=${encodeURIComponent(query.spool || 'events')}`);
      setMade(answer.yaml);
    } catch (failure) { setError(failure); } finally { setBusy(''); }
  };
  const addCase = () => { set({ cases: state.cases.replace(/\s*$/, '\n\n') + made.trim() + '\n' }); setMade(null); setFile('cases'); };
  const mistakes = told.mistakes || [];
  const ofCases = mistakes.filter(one => one.file === 'cases');
  const changed = state.mapping !== (state.original.text || '') || state.cases !== (state.original.cases || '');
  const name = (state.original.file || 'listrak.mapping.yaml').split('/').pop();
  return html`<div class="bench">
    <${Card} title="Event" side=${query.seq ? html`<span class="quiet small">${query.spool || 'events'} ${query.seq}</span>` : ''}>
      <${Editor} label="Event, as its source sends it" value=${state.event} onChange=${event => set({ event })} mistakes=${badEvent ? [badEvent] : []} />
      <div class="actions">${query.seq ? html`<${Button} kind="quiet" disabled=${busy === 'case'} onClick=${makeCase}>Make a case of this event<//>` : html`<span class="quiet small">To make a case of a real event, find the event and choose “Open in the playground”.</span>`}</div>
      ${made !== null && html`<div class="made"><p class="small quiet">Names and addresses are replaced by pseudonyms. Check the case before you use it.</p><pre class="raw" tabindex="0"><${Text} value=${made} fold=${4000} /></pre><div class="actions"><${Copy} text=${made}>Copy the case<//><${Button} kind="quiet" onClick=${addCase}>Add to the cases<//></div></div>`}
    <//>
    <${Card} title="Draft" side=${html`<${Choice} label="Which file" options=${[['mapping', 'Mapping'], ['cases', 'Cases']]} value=${file} onChange=${setFile} />`}>
        ${file === 'mapping' ? html`<${Editor} key="mapping" label="Draft of the mapping" value=${state.mapping} onChange=${mapping => set({ mapping })} mistakes=${mistakes.filter(one => !ofCases.includes(one))} />`
          : html`<${Editor} key="cases" label="Draft of the cases" value=${state.cases} onChange=${cases => set({ cases })} mistakes=${ofCases} />`}
        <div class="actions"><${Button} kind="quiet" disabled=${Boolean(busy)} onClick=${() => run('cases')}>${busy === 'cases' ? 'Running…' : 'Run the cases'}<//>
          <span class="joined"><${Button} kind="quiet" disabled=${Boolean(busy)} onClick=${() => run('events')}>${busy === 'events' ? 'Running…' : 'Run over the last'}<//><select aria-label="How many events" onChange=${event => setNumber(Number(event.target.value))}>${[100, 1000, 10000].map(n => html`<option value=${n} selected=${n === number}>${count(n)}</option>`)}</select></span>
          <${Button} kind="quiet" disabled=${Boolean(busy)} onClick=${suggest}>${busy === 'lines' ? 'Looking…' : 'Suggest lines'}<//>
          <${Button} kind="quiet" onClick=${() => download(file === 'mapping' ? name : name.replace('.mapping.', '.cases.'), file === 'mapping' ? state.mapping : state.cases)}>Download<//>
          ${changed && html`<${Button} kind="quiet" onClick=${() => set({ mapping: state.original.text || '', cases: state.original.cases || '' })}>Undo all<//>`}</div>
        ${changed ? html`<p class="quiet small">This draft exists only in this tab. To use it, download it and replace <code>${name}</code>. It becomes active within seconds.</p>` : html`<p class="quiet small">This is the active mapping. Change it here: the result of the event updates as you type.</p>`}
        ${state.original.refused && html`<div class="note wait"><p>The relay rejected the file on disk, so the mapping before it stays active:</p><ul>${(state.original.refused.mistakes || []).map(text => html`<li><${Text} value=${text} /></li>`)}</ul></div>`}
    <//></div>
    <${Problem} error=${error} what="playground" />
    ${mistakes.length > 0 && html`<p class="note bad" role="status">${plural(mistakes.length, 'mistake')} in the draft: see the marked ${mistakes.length === 1 ? 'line' : 'lines'}${ofCases.length ? ' of the cases' : ''}.</p>`}
    <div class="runs" ref=${results}><${Suggested} of=${runs.lines} isEarlier=${isEarlier('lines')} onUse=${useLines} /><${Changes} of=${runs.events} earlier=${isEarlier('events')} /><${Cases} of=${runs.cases} earlier=${isEarlier('cases')} /></div>
    ${told.warnings?.length > 0 && html`<ul class="note wait">${told.warnings.map(text => html`<li><${Text} value=${text} /></li>`)}</ul>`}
    ${told.explanation && html`<${Result} told=${told} stale=${Boolean(badEvent) || mistakes.length > 0} />`}`;
}
