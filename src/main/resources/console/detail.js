// One event: the answer, how it came about, as it came, as it was sent, and why.
import { html, useEffect, useState } from './ui.js';
import { eventPath, get, hasToken, parseExactly, useLoad } from './api.js';
import { asEvent } from './search.js';
import { Sentence, lastRequest } from './sentence.js';
import { Time, Ago, bytes, millis, localTimes, plural } from './format.js';
import { Text } from './text.js';
import { Json } from './json.js';
import { Why } from './why.js';
import { WouldBecome } from './would.js';
import { Replay } from './replay.js';
import { Twice } from './twice.js';
import { Badge, Button, Confirm, Copy, Tabs, Empty, Icon, Problem, Skeleton, useMayChange } from './parts.js';
import { eventHref, href } from './route.js';
import { outcomeWord, dropWords, deathWords, destinationName, isPending, isWebhook, capital, successor, unsureWords } from './words.js';

const TABS = [['sent', 'As sent'], ['came', 'As received'], ['why', 'Why']];

function curl(spool, seq) {
  const token = hasToken() ? ` -H "Authorization: Bearer $ADMIN_TOKEN"` : '';
  return `curl${token} '${location.origin}${eventPath(spool, seq)}'`;
}

/** What is known of an event: its history, or of one that died before that, its dead letter. */
async function eventOf(spool, seq, signal) {
  const options = { signal, exact: true };
  try { return await get(eventPath(spool, seq), options); } catch (error) {
    if (error.status !== 404) throw error;
    return asEvent(await get(`/admin/dead-letters/${seq}?spool=${encodeURIComponent(spool)}`, options));
  }
}

function stepTitle(step, event) {
  const who = capital(destinationName(event.spool));
  switch (step.outcome) {
    case 'held': return 'Held, to wait for its e-mail';
    case 'released': return 'No longer held';
    case 'accepted': return /^(replay of|held as)/.test(step.reason) ? 'Pending again' : `Accepted${event.source ? ' from ' + event.source : ''}, and stored on disk`;
    case 'attempted': return step.request?.status ? `Sent: ${who} answered ${step.request.status}` : 'Sent: there was no answer';
    case 'retried': return 'Not accepted. It stays on disk and is tried again';
    case 'delivered': return `${who} accepted it`;
    case 'dropped': return dropWords(step.reason)[0];
    case 'dead': return `${deathWords(step.reason)[0]}. It became a dead letter`;
    case 'replayed': return 'Replayed';
    case 'forwarded': return `Forwarded to ${destinationName(step.reason)}`;
    default: return outcomeWord(step.outcome)[0];
  }
}

function Request({ request, at }) {
  const good = request.status >= 200 && request.status < 300;
  return html`<div class="request">
    <p class="chips"><span class=${'badge ' + (good ? 'good' : 'bad')}>${request.status || 'no answer'}</span>
      ${request.millis > 0 && html`<span>${millis(request.millis)}</span>`}
      ${request.events !== undefined && html`<span title="Several events of a lane can share a request">${plural(request.events, 'event')} in the request</span>`}
      ${request.bytes > 0 && html`<span>${bytes(request.bytes)}</span>`}
      ${Math.abs(new Date(request.sentAt) - new Date(at)) > 1000 && html`<span>sent at <${Time} at=${request.sentAt} precise /></span>`}
      ${request.ambiguous && html`<span class="badge wait" title="There was no complete answer, so nobody knows whether it was accepted">ambiguous</span>`}</p>
    ${request.answer && !good && html`<p class="answer"><${Text} value=${request.ambiguous ? capital(unsureWords({ cause: request.answer, destination: request.destination })) : request.answer} /></p>`}</div>`;
}

/** The reason of a step; the event that it names is a link. */
function related(reason, spool) {
  const [, way, seq] = /^(as|replay of|held as) (\d+)$/.exec(reason) || [];
  return seq ? html`${way} <a href=${eventHref({ spool, seq })}>event ${seq}</a>` : localTimes(reason);
}

/** What became of a dead letter that was replayed as another event. */
function Successor({ spool, seq }) {
  const { data } = useLoad(signal => eventOf(spool, seq, signal), [spool, seq], { every: 3000 });
  return html`<p class="remedy"><a href=${eventHref({ spool, seq })}>Event ${seq}</a>${data && html`: <${Sentence} event=${{ ...data, spool }} />`}</p>`;
}

function Timeline({ event }) {
  const steps = event.steps?.length ? event.steps : [{ outcome: 'accepted', at: event.receivedAt }, { outcome: event.outcome, reason: event.reason, at: event.at }];
  const [all, setAll] = useState(false);
  const folded = all || steps.length < 14 ? 0 : steps.length - 10;
  let before = null;
  return html`<ol class="timeline">${steps.map((step, i) => {
    if (folded && i >= 3 && i < 3 + folded) {
      before = step.at;
      return i === 3 && html`<li><button type="button" class="link" onClick=${() => setAll(true)}>show ${folded} more steps</button></li>`;
    }
    const since = before && new Date(step.at) - new Date(before);
    before = step.at || before;
    return html`<li class=${step.outcome === 'accepted' ? 'plain' : outcomeWord(step.outcome)[1]}>
      <p class="step-head"><strong>${stepTitle(step, event)}</strong>
        <span class="quiet"><${Time} at=${step.at} precise />${since > 0 && html` <span class="delta">+${millis(since)}</span>`}</span></p>
      ${step.reason && step.outcome !== 'forwarded' && !['dropped', 'dead'].includes(step.outcome) && html`<p class="quiet small">${related(step.reason, event.spool)}</p>`}
      ${step.request && html`<${Request} request=${step.request} at=${step.at} />`}</li>`;
  })}
  ${event.followedBy?.map(one => html`<li class="plain"><p class="step-head"><strong>Journey webhook <a href=${eventHref(one)}>${one.name}</a> followed</strong>
    <span class="quiet"><${Time} at=${one.receivedAt} precise /> <span class="delta">${millis(one.millis)} after Listrak accepted the event</span></span></p></li>`)}
  ${isPending(event) && html`<li class="open"><p class="step-head"><strong>Waiting</strong></p><p class="quiet small">${event.waits ? localTimes(event.waits) : 'for its turn'}</p></li>`}</ol>`;
}

function Facts({ event }) {
  const facts = [
    ['Event', event.name || event.type], ['Contact', event.contact], ['messageId', event.messageId],
    ['Source', event.source], ['Spool and seq', `${event.spool} ${event.seq}`],
  ].filter(([, value]) => value);
  return html`<dl class="facts">${facts.map(([key, value]) => html`<div><dt>${key}</dt><dd><${Text} value=${value} fold=${100} /></dd></div>`)}
    <div><dt>Accepted</dt><dd><${Time} at=${event.receivedAt} precise /> <span class="quiet">(<${Ago} at=${event.receivedAt} />)</span></dd></div></dl>`;
}

function Sent({ event }) {
  const explanation = event.sent?.explanation;
  const mapping = event.sent?.mapping;
  if (isWebhook(event.spool)) return html`<p class="quiet">The relay forwards a webhook to its third party byte for byte, with a signature of its own.</p>`;
  const bodies = (explanation?.requests || []).filter(request => request.body);
  if (!explanation) return html`<p class="quiet">The relay can’t show what was sent of this event.</p>`;
  return html`${mapping && html`<p class="quiet small">Mapped with <code>${String(mapping.hash || '').slice(0, 8)}</code>, the mapping that became active at <${Time} at=${mapping.since} />${mapping.isNow === false ? html` <span class="badge wait">changed since</span>` : mapping.isNow ? ' and still is' : ''}. This does not include your own steps in <code>30-map.camel.yaml</code>.</p>`}
    ${bodies.length === 0
      ? html`<p>Nothing was sent: <${Text} value=${dropWords(explanation.reason || event.reason)[0]} />. <span class="quiet">“Why” shows each rule.</span></p>`
      : bodies.map((request, i) => html`<div class="sent">
        <p class="quiet small">${bodies.length > 1 ? `Part ${i + 1} of ${bodies.length}. ` : ''}${isPending(event) ? 'Would be posted to' : 'Posted to'} ${destinationName(request.account ? 'listrak-' + request.account : 'listrak')}, ${bytes(request.bytes)}${event.outcome === 'delivered' ? '; other events may have shared the request' : ''}</p>
        <${Body} text=${request.body} /></div>`)}`;
}

export function Body({ text }) {
  try { return html`<${Json} value=${parseExactly(text)} label="What was sent" />`; } catch { return html`<pre class="raw"><${Text} value=${text} /></pre>`; }
}

/** @param tab and onTab: which of the tabs is open, kept in the address by the view */
export function EventDetail({ spool, seq, tab, onTab, heading = 'h1' }) {
  const mayChange = useMayChange();
  const [replay, setReplay] = useState('');
  const loaded = useLoad(signal => eventOf(spool, seq, signal), [spool, seq]);
  const event = loaded.data && { ...loaded.data, spool: loaded.data.spool || spool };
  const pending = event && isPending(event);
  useEffect(() => {
    const timer = pending && setTimeout(loaded.reload, 2000);
    return () => clearTimeout(timer);
  }, [pending, loaded.at]);
  if (!event) {
    if (loaded.error?.status === 404) {
      return html`<${Empty} title="This event no longer exists"><p>The relay keeps settled events for <code>spool.history</code>, and dead letters for <code>spool.dead-letter-retention</code>. Or its contact was forgotten.</p><//>`;
    }
    return loaded.error ? html`<${Problem} error=${loaded.error} />` : html`<${Skeleton} lines=${6} />`;
  }
  const [, kind] = outcomeWord(event.outcome);
  const chosen = tab || (event.outcome === 'dropped' || event.outcome === 'dead' ? 'why' : 'sent');
  const remedy = event.outcome === 'dropped' ? dropWords(event.reason)[1] : event.outcome === 'dead' ? deathWords(event.reason)[1] : '';
  return html`<article class="detail">
    <div class=${'answer-card ' + kind}>
      <${Badge} outcome=${event.outcome} />
      <${heading} class="sentence"><${Sentence} event=${event} /><//>
      ${successor(event) && html`<${Successor} spool=${spool} seq=${successor(event)} />`}
      ${event.follows && html`<p class="remedy">It follows <a href=${eventHref(event.follows)}><${Text} value=${event.follows.name} cutAt=${80} /></a>, which Listrak accepted ${millis(event.follows.millis)} before, at <${Time} at=${event.follows.deliveredAt} />. So the journey ran after it; a webhook does not say which event started it.</p>`}
      ${event.followedBy?.length > 0 && html`<p class="remedy">Followed by the journey ${event.followedBy.length > 1 ? 'webhooks' : 'webhook'} ${event.followedBy.map((one, i) => html`${i ? ', ' : ''}<a href=${eventHref(one)}>${one.name}</a> ${millis(one.millis)} later`)}.</p>`}
      ${remedy && html`<p class="remedy">${remedy}</p>`}
      <div class="actions">
        <${Copy} text=${() => location.origin + location.pathname + eventHref(event, { tab })}>Copy link<//>
        <${Copy} text=${() => curl(spool, seq)}>Copy as curl<//>
        ${!isWebhook(spool) && html`<a class="button quiet" href=${href('playground', { spool, seq })}><${Icon} name="playground" />Open in the playground</a>`}
        ${event.outcome === 'dead' && mayChange && html`<${Button} icon="play" onClick=${() => setReplay('ask')}>Replay<//>`}
      </div>
      ${event.outcome === 'dead' && replay !== 'on' && html`<${WouldBecome} spool=${spool} seqs=${[Number(seq)]} />`}
      ${replay === 'ask' && html`<${Confirm} title="Replay this dead letter?" yes="Replay" kind="primary" onNo=${() => setReplay('')} onYes=${() => setReplay('on')}><p>It becomes a pending event again. The relay maps it with the active mapping and sends it.</p><//>`}
      ${replay === 'on' && html`<${Replay} spool=${spool} seqs=${[Number(seq)]} onDone=${loaded.reload} />`}
    </div>
    ${event.ambiguous && html`<${Twice} of=${event.ambiguous} />`}
    ${event.forwarded?.length > 0 && html`<p class="note">Forwarded: ${event.forwarded.map(one => html`<a href=${eventHref(one)}>${capital(destinationName(one.spool))}, ${outcomeWord(one.outcome)[0].toLowerCase()}</a> `)}</p>`}
    <div class="detail-grid">
      <section class="card"><div class="card-head"><h2>What happened</h2></div><div class="card-body"><${Timeline} event=${event} /><${Facts} event=${event} /></div></section>
      <section class="card"><${Tabs} label="The event" options=${TABS} value=${chosen} onChange=${onTab}>
        ${chosen === 'came' && html`<${Json} value=${event.payload ?? null} label="The event as received" />`}
        ${chosen === 'sent' && html`<${Sent} event=${event} />`}
        ${chosen === 'why' && (event.sent?.explanation ? html`<${Why} explanation=${event.sent.explanation} answer=${event.answer || lastRequest(event)?.answer} />` : html`<p class="quiet">The relay has no explanation for this event. <a href=${href('playground', { spool, seq })}>The playground explains it with the active mapping.</a></p>`)}
      <//></section>
    </div></article>`;
}
