// How things go: destinations, the funnel, the last hour or day, and the lanes.
import { html, useState, useMemo } from '../ui.js';
import { get, post, session, useLoad } from '../api.js';
import { route, replace, href } from '../route.js';
import { Plot } from '../plot.js';
import { Text } from '../text.js';
import { Badge, Button, Card, Choice, Empty, FirstEvent, Loaded, Problem, Title, useMayChange } from '../parts.js';
import { Time, count, rate, millis, lasted, plural } from '../format.js';
import { capital, deathWords, destinationName, dropWords, isWebhook, remedy } from '../words.js';

function state(one, spools) {
  const spool = spools.find(each => each.name === one.name) || (one.name === 'listrak' && spools.find(each => each.name === 'events'));
  const resting = (spool?.lanes || []).filter(lane => lane.pausedUntil);
  if (one.parked) return ['bad', html`Parked since <${Time} at=${one.since} />`, one.reason];
  if (one.askedToWaitUntil) return ['wait', html`Paused until <${Time} at=${one.askedToWaitUntil} />, at its request`, ''];
  if (resting.length) return ['wait', html`Delivering; ${resting.length} of ${plural(spool.lanes.length, 'lane')} paused`, resting[0].cause];
  return ['good', 'Delivering', ''];
}

function Destination({ one, spools, reload }) {
  const mayChange = useMayChange();
  const [told, setTold] = useState(null);
  const [kind, words, reason] = state(one, spools);
  const tryNow = async () => {
    setTold({ busy: true });
    try {
      await post(`/admin/destinations/${encodeURIComponent(one.name)}/resume`);
      setTold({ text: 'The relay tries it now. If the cause is fixed, delivery resumes.' });
      setTimeout(reload, 1500);
    } catch (error) { setTold({ error }); }
  };
  return html`<li class=${'destination ' + kind}><span class="dot" aria-hidden="true"></span><div>
    <p><strong>${capital(destinationName(one.name))}</strong> <span class="state">${words}</span></p>
    ${reason && html`<p class="because"><${Text} value=${reason} /></p>`}
    ${one.parked && html`<p class="quiet">${remedy(one.name, reason)} While it is parked, no event is lost, and none expires.</p>`}
    ${told?.text && html`<p class="quiet" role="status">${told.text}</p>`}${told?.error && html`<${Problem} error=${told.error} />`}</div>
    ${(one.parked || one.askedToWaitUntil) && mayChange && html`<${Button} kind=${one.parked ? 'primary' : 'quiet'} disabled=${told?.busy} onClick=${tryNow}>${told?.busy ? 'Trying…' : 'Try now'}<//>`}</li>`;
}

function addUp(spools) {
  const sum = { accepted: 0, delivered: 0, dropped: 0, dead: 0, pending: 0, waiting: 0, unsure: 0, reasons: { dropped: new Map(), dead: new Map() } };
  const several = spools.some(spool => spool.name === 'listrak');
  for (const spool of spools) {
    sum.pending += spool.pending || 0;
    sum.waiting += spool.replayWaiting || 0;
    sum.unsure += spool.ambiguous || 0;
    for (const { outcome, reason, events } of spool.tally || []) {
      // where accounts have spools of their own, an event is accepted once, and then forwarded to one of them
      if (outcome === 'accepted' && several && spool.name.startsWith('listrak')) continue;
      if (outcome in sum) sum[outcome] += events;
      const reasons = sum.reasons[outcome];
      if (reasons) reasons.set(reason, (reasons.get(reason) || 0) + events);
    }
  }
  if (!sum.accepted) sum.accepted = sum.delivered + sum.dropped + sum.dead + sum.pending;
  return sum;
}

function share(n, of) {
  if (!of || !n) return '';
  const percent = (100 * n) / of;
  return percent < 0.1 ? '< 0.1 %' : percent > 99.9 && n < of ? '> 99.9 %' : `${percent.toFixed(percent < 10 || (percent > 99 && n < of) ? 1 : 0)} %`;
}

function Line({ name, n, of, kind, link, sub }) {
  return html`<li class=${'funnel-line ' + kind + (sub ? ' sub' : '')}><a href=${link}><span class="funnel-name">${!sub && html`<span class="dot" aria-hidden="true"></span>`}${name}</span>
    <b>${count(n)}</b><span class="quiet funnel-share">${share(n, of)}</span></a></li>`;
}

const byCount = map => [...map].filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);

function Funnel({ spools, title }) {
  const sum = addUp(spools);
  const segments = [['good', sum.delivered], ['quiet', sum.dropped], ['bad', sum.dead], ['wait', sum.pending]];
  const whole = segments.reduce((all, [, n]) => all + n, 0) || 1;
  const spool = spools.length === 1 && spools[0].name !== 'events' ? spools[0].name : undefined;
  const pendingOldest = spools.map(one => one.oldestPendingAgeSeconds).filter(Boolean);
  return html`<${Card} title=${title}><div class="bar" aria-hidden="true">${segments.map(([kind, n]) => n > 0 && html`<span class=${kind} style=${{ width: `${Math.max(0.6, (100 * n) / whole)}%` }}></span>`)}</div>
    <ul class="funnel">
      <${Line} name="Accepted" n=${sum.accepted} kind="plain" link=${href('live', { spool })} />
      <${Line} name="Delivered" n=${sum.delivered} of=${whole} kind="good" link=${href('live', { outcome: 'delivered', spool })} />
      <${Line} name="Dropped" n=${sum.dropped} of=${whole} kind="quiet" link=${href('dropped', { spool })} />
      ${byCount(sum.reasons.dropped).map(([reason, n]) => html`<${Line} sub name=${html`<${Text} value=${dropWords(reason)[0]} cutAt=${60} />`} n=${n} of=${whole} kind="quiet" link=${href('dropped', { reason, spool })} />`)}
      <${Line} name="Dead letters" n=${sum.dead} of=${whole} kind="bad" link=${href('dead', { spool })} />
      ${byCount(sum.reasons.dead).map(([reason, n]) => html`<${Line} sub name=${html`<${Text} value=${deathWords(reason)[0]} cutAt=${60} />`} n=${n} of=${whole} kind="bad" link=${href('dead', { reason, spool })} />`)}
      <${Line} name="Waiting" n=${sum.pending} of=${whole} kind="wait" link=${href('live', { outcome: 'pending', spool })} />
    </ul>
    ${pendingOldest.length > 0 && html`<p class="quiet small">The oldest waiting event has waited for ${lasted(Math.max(...pendingOldest))}.</p>`}
    ${sum.unsure > 0 && html`<p class="small"><a href="#/ambiguous">${plural(sum.unsure, 'event')} may have been delivered twice</a></p>`}
    ${sum.waiting > 0 && html`<p class="quiet small">${plural(sum.waiting, 'dead letter waits', 'dead letters wait')} for a replay.</p>`}<//>`;
}

const STATUS_COLORS = ['--accent', '--plot-2', '--plot-3', '--plot-4'];
const BAD_COLORS = ['--bad', '--wait-solid', '--plot-6', '--plot-5'];

function requestLines(requests = {}, step) {
  let good = 0, bad = 0;
  return Object.entries(requests).filter(([, values]) => values.some(Boolean)).slice(0, 8).map(([name, values]) => {
    const isGood = / 2\d\d$/.test(name);
    return { name, values: values.map(n => (n === null ? null : n / (step / 60))), color: isGood ? STATUS_COLORS[good++ % 4] : BAD_COLORS[bad++ % 4] };
  });
}

function Plots({ minutes }) {
  const loaded = useLoad(signal => get(`/admin/plots?minutes=${minutes}`, { signal }), [minutes], { every: minutes === 60 ? 10000 : 60000 });
  return html`<${Loaded} of=${loaded} what="plots">${data => html`<${Drawn} data=${data} />`}<//>`;
}

/**
 * Without the minute that is not over yet: a part of a minute would look like a fall. A day has more minutes than a plot has
 * room for: five are drawn as their mean.
 */
function drawable(data) {
  const every = (data.accepted || []).length > 360 ? 5 : 1;
  const means = values => Array.from({ length: Math.ceil((values.length - 1) / every) }, (_, i) => {
    const known = values.slice(i * every, Math.min(i * every + every, values.length - 1)).filter(n => n !== null);
    return known.length ? known.reduce((sum, n) => sum + n, 0) / known.length : null;
  });
  const all = of => Object.fromEntries(Object.entries(of).map(([name, values]) => [name, Array.isArray(values) ? means(values) : values]));
  return { ...all(data), every, requests: all(data.requests || {}) };
}

function Drawn({ data: told }) {
  const data = useMemo(() => drawable(told), [told]);
  const step = data.stepSeconds || 60;
  const times = useMemo(() => {
    const from = new Date(data.from) / 1000;
    return (data.accepted || []).map((_, i) => from + i * step * data.every);
  }, [data]);
  const each = (values = []) => values.map(n => (n === null ? null : n / step));
  const requests = requestLines(data.requests, step);
  if (!times.length || (data.accepted || []).every(n => n === null)) return html`<p class="quiet">The relay has just started. The plots begin after the first minute.</p>`;
  return html`<div class="plots">
    <${Plot} title="Events a second" times=${times} format=${n => rate(n)} lines=${[{ name: 'accepted', values: each(data.accepted), color: '--plot-2' }, { name: 'delivered', values: each(data.delivered), color: '--accent', fill: true }]} />
    <${Plot} title="Waiting" times=${times} format=${n => count(Math.round(n))} lines=${[{ name: 'pending', values: data.pending || [], color: '--wait-solid', fill: true }]} />
    <${Plot} title="From accepted to delivered" times=${times} format=${n => millis(n)} lines=${[{ name: 'p50', values: data.delayP50 || [], color: '--accent' }, { name: 'p95', values: data.delayP95 || [], color: '--plot-2', dashed: true }]} />
    ${requests.length > 0 ? html`<${Plot} title="Requests a minute" times=${times} format=${n => rate(n)} lines=${requests} />` : html`<p class="quiet">No requests were sent in this time.</p>`}</div>`;
}

function Lanes({ spool }) {
  const deepest = Math.max(1, ...spool.lanes.map(lane => lane.pending));
  const busy = spool.lanes.filter(lane => lane.pending > 0 || lane.pausedUntil);
  const resting = busy.filter(lane => lane.pausedUntil);
  if (!busy.length) return html`<p class="lanes-quiet"><strong>${spool.name}</strong> <span class="quiet">${plural(spool.lanes.length, 'lane')}, all empty</span></p>`;
  return html`<div class="lanes"><p><strong>${spool.name}</strong> <span class="quiet">${plural(spool.lanes.length, 'lane')}, ${resting.length || 'none'} paused; the longest has ${plural(deepest, 'event')}</span></p>
    <ol class="lane-bars">${spool.lanes.map(lane => html`<li class=${lane.pausedUntil ? 'wait' : lane.pending ? 'good' : ''} title=${`Lane ${lane.lane}: ${count(lane.pending)} pending${lane.pausedUntil ? ', paused until ' + lane.pausedUntil : ''}`}>
      <span class="lane-depth"><span style=${{ height: `${Math.max(lane.pending ? 6 : 0, (100 * lane.pending) / deepest)}%` }}></span></span><span class="lane-name">${lane.lane}</span></li>`)}</ol>
    ${resting.slice(0, 8).map(lane => html`<p class="small"><${Badge} kind="wait" word=${`Lane ${lane.lane} paused`} /> until <${Time} at=${lane.pausedUntil} />, ${plural(lane.pauses, 'failure')} in a row${lane.cause ? ': ' : ''}<${Text} value=${lane.cause} cutAt=${160} /></p>`)}</div>`;
}

function headline(status) {
  const parked = status.destinations?.filter(one => one.parked) || [];
  const pending = (status.spools || []).reduce((sum, spool) => sum + (spool.pending || 0), 0);
  if (parked.length) return `${parked.map(one => capital(destinationName(one.name))).join(' and ')} ${parked.length === 1 ? 'is' : 'are'} parked; ${plural(pending, 'event')} waiting, safe on disk.`;
  return pending === 0 ? 'All events are settled.' : `${plural(pending, 'event')} waiting.`;
}

export default function Overview() {
  const { query } = route.use();
  const who = session.use() || {};
  const minutes = query.span === 'day' ? 1440 : 60;
  const loaded = useLoad(signal => get('/admin/status', { signal }), [], { every: 3000 });
  return html`<${Loaded} of=${loaded} lines=${8}>${status => {
    const spools = (status.spools || []).filter(spool => !spool.unavailable);
    const away = (status.spools || []).filter(spool => spool.unavailable);
    const events = spools.filter(spool => !isWebhook(spool.name)), hooks = spools.filter(spool => isWebhook(spool.name));
    const none = addUp(spools).accepted === 0;
    return html`<${Title} lead=${headline(status)}>Overview<//>
      ${away.map(spool => html`<p class="note bad">${spool.name} is not available: <${Text} value=${spool.unavailable} /></p>`)}
      ${status.mapping?.refused && html`<p class="note wait">The mapping file has ${plural(status.mapping.refused.mistakes?.length || 0, 'mistake')} since <${Time} at=${status.mapping.refused.since} />, so the mapping before it stays active. <a href="#/playground">Show the mistakes</a></p>`}
      ${who.engine === 'kafka' && html`<p class="note"><strong>${who.process || 'One process'}</strong> is one of several processes. This page shows only its lanes, with their counts and plots.</p>`}
      <${Card} title="Destinations" flush><ul class="destinations">${(status.destinations || []).map(one => html`<${Destination} key=${one.name} one=${one} spools=${spools} reload=${loaded.reload} />`)}</ul><//>
      ${none ? html`<${Card}><${Empty} title="No event yet"><${FirstEvent} /><//><//>` : html`<div class="two"><${Funnel} spools=${events} title="Events" /><div>${hooks.length > 0 && html`<${Funnel} spools=${hooks} title="Webhooks" />`}
        <${Card} title="Lanes"><p class="quiet small">Lanes deliver in parallel. All events of a contact are in one lane, so their order is kept.</p>${spools.map(spool => html`<${Lanes} key=${spool.name} spool=${spool} />`)}<//></div></div>`}
      <${Card} title="Over time" side=${html`<${Choice} label="Time span" options=${[['hour', 'Hour'], ['day', 'Day']]} value=${minutes === 1440 ? 'day' : 'hour'} onChange=${span => replace('overview', { ...query, span: span === 'day' ? span : '' })} />`}><${Plots} key=${minutes} minutes=${minutes} /><//>`;
  }}<//>`;
}
