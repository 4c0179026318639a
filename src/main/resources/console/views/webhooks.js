// Listrak's webhooks: what came last, how their third parties fare, and a signed test post.
import { html, useState } from '../ui.js';
import { get, post, useLoad } from '../api.js';
import { eventHref, href } from '../route.js';
import { EventRows } from '../rows.js';
import { Text } from '../text.js';
import { Badge, Button, Card, Command, Confirm, Empty, Loaded, Problem, Title, useMayChange } from '../parts.js';
import { Ago, Time, count, duration, localTimes, millis, plural } from '../format.js';
import { remedy } from '../words.js';

function Test({ name, reload }) {
  const [state, setState] = useState({});
  const send = async () => {
    setState({ busy: true });
    try {
      const told = await post(`/admin/webhooks/${encodeURIComponent(name)}/test`);
      setState({ told });
      setTimeout(reload, 800);
    } catch (error) { setState({ error }); }
  };
  const good = state.told?.status >= 200 && state.told?.status < 300;
  return html`<div class="actions"><${Button} kind="quiet" icon="play" onClick=${() => setState({ ask: true })} disabled=${state.busy}>${state.busy ? 'Posting…' : 'Send a test webhook'}<//>
      ${state.told && html`<span role="status"><${Badge} kind=${good ? 'good' : 'bad'} word=${String(state.told.status)} /> ${good ? 'The relay accepted it, and forwards it.' : 'The relay rejected it.'} ${state.told.deliveryId && html`<span class="quiet small">delivery <${Text} value=${state.told.deliveryId} cutAt=${60} /></span>`}</span>`}</div>
    ${state.ask && html`<${Confirm} title="Send a test webhook?" yes="Send it" kind="primary" onNo=${() => setState({})} onYes=${send}><p>The relay signs it as Journey Hub would, and forwards it to the third party.</p><//>`}
    <${Problem} error=${state.error} what="test webhook" />`;
}

/** Whether the journey runs: how many webhooks follow an event that Listrak accepted, and how long after. */
function Journey({ of }) {
  if (!of?.webhooks) return html`<span class="quiet">no webhook in the history yet</span>`;
  const after = one => html`${one.medianMillis !== undefined && html`, ${millis(one.medianMillis)} after it (median)`}`;
  if (!of.following) return html`<span class="quiet">${plural(of.webhooks, 'webhook')}, none follows an event of its contact within a day</span>`;
  return html`${count(of.following)} of ${plural(of.webhooks, 'webhook')} ${of.following === 1 ? 'follows' : 'follow'} an event${after(of)}
    ${of.events.length > 1 && html`<ul class="notes">${of.events.map(one => html`<li><${Text} value=${one.name} cutAt=${80} />: ${count(one.following)}${after(one)}</li>`)}</ul>`}${of.events.length === 1 && html`: <${Text} value=${of.events[0].name} cutAt=${80} />`}`;
}

function Webhook({ of, journey, reload }) {
  const mayChange = useMayChange();
  const recent = useLoad(signal => post('/admin/events/search', { spool: 'webhook-' + of.name, limit: 5 }, { signal }), [of.name, of.last?.seq, of.last?.outcome]);
  const destination = of.destination || {};
  const kind = destination.parked ? 'bad' : destination.askedToWaitUntil ? 'wait' : 'good';
  return html`<${Card} title=${of.name} side=${html`<${Badge} kind=${kind} word=${destination.parked ? 'Parked' : destination.askedToWaitUntil ? 'Paused' : 'Forwarding'} />`}>
    ${destination.parked && html`<div class="note bad"><p>Its third party is parked since ${localTimes(destination.since)}, because <${Text} value=${destination.reason} />.</p><p>${remedy('webhook-' + of.name, destination.reason)} <a href="#/overview">Try now</a></p></div>`}
    ${destination.askedToWaitUntil && html`<p class="note wait">Its third party asked to wait until <${Time} at=${destination.askedToWaitUntil} />.</p>`}
    <dl class="facts wide"><div><dt>Journey Hub posts to</dt><dd><code>${of.path}</code></dd></div>
      <div><dt>Forwarded to</dt><dd>${of.forwardUrl ? html`<code><${Text} value=${of.forwardUrl} cutAt=${160} /></code>` : html`<span class="quiet">no forward URL: webhooks stay in the spool, unless a route of yours reads them</span>`}</dd></div>
      <div><dt>Signature</dt><dd>${of.secret ? 'secret set' : html`<${Badge} kind="bad" word="no secret" />`}${of.previousSecret ? ', and the previous one is valid too' : ''}; <span class="quiet">valid for ${duration(of.tolerance)}</span></dd></div>
      <div><dt>Waiting</dt><dd>${of.pending ? html`<a href=${href('live', { outcome: 'pending', spool: 'webhook-' + of.name })}>${plural(of.pending, 'webhook')}</a>` : 'none'}</dd></div>
      <div><dt>Journey</dt><dd><${Journey} of=${journey} /></dd></div>
      <div><dt>Last webhook</dt><dd>${of.last ? html`<a href=${eventHref({ spool: 'webhook-' + of.name, seq: of.last.seq })}><${Ago} at=${of.last.receivedAt} /></a> <${Badge} outcome=${of.last.outcome} />` : html`<span class="quiet">none yet</span>`}</dd></div></dl>
    ${mayChange && html`<${Test} name=${of.name} reload=${reload} />`}
    ${recent.data?.events?.length > 0 && html`<h3>Newest webhooks</h3><${EventRows} label=${`Newest webhooks of ${of.name}`} events=${recent.data.events} spool=${'webhook-' + of.name} />`}<//>`;
}

export default function Webhooks() {
  const loaded = useLoad(signal => get('/admin/webhooks', { signal }), [], { every: 5000 });
  const journeys = useLoad(signal => get('/admin/journeys', { signal }), [], { every: 60000 });
  const journey = name => journeys.data?.webhooks.find(one => one.name === name);
  return html`<${Title} lead="Webhooks from Journey Hub, and the state of the third parties that get them.">Webhooks<//>
    <${Loaded} of=${loaded} what="list of webhooks">${data => (data.webhooks?.length
      ? data.webhooks.map(of => html`<${Webhook} key=${of.name} of=${of} journey=${journey(of.name)} reload=${loaded.reload} />`)
      : html`<${Card}><${Empty} title="No webhook is configured"><p>Set the secret and the forward URL of a webhook, here named “orders”. Restart the relay. Then enter the webhook’s address in Journey Hub.</p><${Command}>${'export WEBHOOK_ORDERS_SECRET=…\nexport WEBHOOK_ORDERS_FORWARD_URL=https://…'}<//><//><//>`)}<//>`;
}
