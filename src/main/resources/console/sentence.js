// The answer first, in one sentence: did it reach Listrak, and if not, why?
import { html } from './ui.js';
import { Time, millis, localTimes } from './format.js';
import { Text } from './text.js';
import { isPending, dropWords, deathWords, destinationName, isWebhook, capital } from './words.js';

/** What Listrak gets it as: the names in what was sent. */
function sentNames(event) {
  const requests = event.sent?.explanation?.requests || [];
  const names = [];
  for (const request of requests) {
    try {
      for (const one of JSON.parse(request.body).events) names.push(one.dataFields?.event_name);
    } catch { /* no body: this part was dropped */ }
  }
  return [...new Set(names.filter(Boolean))];
}

export const lastRequest = event => [...(event.steps || [])].reverse().find(step => step.request)?.request;
const named = name => html`<em><${Text} value=${name} cutAt=${80} /></em>`;
const list = names => names.map((name, i) => [i ? (i === names.length - 1 ? ' and ' : ', ') : '', named(name)]);

/** What answered, as a clause: "Listrak answered 200". */
function answered(event, who) {
  const request = lastRequest(event);
  if (!request) return '';
  return request.status ? `; ${who} answered ${request.status}` : `; ${who} gave no answer`;
}

function delivered(event) {
  const hook = isWebhook(event.spool);
  const names = sentNames(event);
  const took = event.delivery?.millis ?? new Date(event.at) - new Date(event.receivedAt);
  return html`Delivered to ${destinationName(event.spool)}${!hook && names.length > 0 && [' as ', list(names)]} at <${Time} at=${event.at} />, ${millis(took)} after it ${event.steps?.some(step => step.outcome === 'replayed' || /^replay of/.test(step.reason)) ? 'was replayed' : event.steps?.some(step => /^held as/.test(step.reason)) ? 'was released' : 'was accepted'}${answered(event, hook ? 'it' : 'Listrak')}.`;
}

function dropped(event) {
  if (event.reason === 'no_rule') return html`Not sent: no rule of the mapping matches ${named(event.name || event.type)}.`;
  return html`Not sent: ${lower(dropWords(event.reason)[0])}.`;
}

/** What an answer says: of JSON, which may be cut, its message. */
function saying(answer) {
  const message = /"(?:error)?message"\s*:\s*("(?:[^"\\]|\\.)*")/i.exec(answer)?.[1];
  try { return message ? JSON.parse(message) : answer; } catch { return answer; }
}

function dead(event) {
  const [why] = deathWords(event.reason);
  const request = lastRequest(event);
  const said = saying(String(request?.answer || event.answer || '').replace(/^\d{3} /, ''));
  const who = isWebhook(event.spool) ? capital(destinationName(event.spool)) + ' rejected it' : why;
  return html`Not delivered: ${lower(event.reason === 'rejected' ? who : why)}${request?.status ? ` with ${request.status}` : ''} at <${Time} at=${event.at || event.diedAt} />${said ? [', with the answer “', html`<${Text} value=${said} cutAt=${160} />`, '”'] : ''}.`;
}

function waiting(event) {
  const why = event.waits || '';
  const parked = /^(\S+) parked since (\S+), because (.*)$/s.exec(why);
  if (parked) return html`Waiting: ${destinationName(parked[1])} is parked since <${Time} at=${parked[2]} />, because <${Text} value=${parked[3]} cutAt=${200} />.`;
  const asked = /^(\S+) asked to wait until (\S+)$/.exec(why);
  if (asked) return html`Waiting: ${destinationName(asked[1])} asked to wait until <${Time} at=${asked[2]} />.`;
  const held = /^held until (\S+), /.exec(why);
  if (held) return html`Held until <${Time} at=${held[1]} />: no e-mail is known for it. If an event tells one, this event is sent first.`;
  const turn = /^its turn in lane (\d+), (\d+) events? pending there$/.exec(why);
  if (turn) return html`Waiting for its turn: ${turn[2] === '1' ? 'it is the only one' : `${turn[2]} events are pending`} in lane ${turn[1]}.`;
  return why ? html`Waiting: ${localTimes(why)}.` : html`Stored on disk, waiting for its turn since <${Time} at=${event.receivedAt} />.`;
}

const lower = text => (/^(Listrak|The mapping)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));

export function Sentence({ event }) {
  if (event.outcome === 'delivered') return delivered(event);
  if (event.outcome === 'dropped') return dropped(event);
  if (event.outcome === 'dead' || event.diedAt) return dead(event);
  if (event.outcome === 'forwarded') {
    const to = event.forwarded?.[0];
    return html`Forwarded to ${destinationName(event.reason || to?.spool)}${to ? ': ' : ' at '}${to ? lower(to.outcome === 'delivered' ? 'Delivered there' : to.outcome === 'dead' ? 'It is a dead letter there' : to.outcome === 'dropped' ? 'It was dropped there' : 'It is waiting there') : html`<${Time} at=${event.at} />`}.`;
  }
  if (isPending(event)) return waiting(event);
  if (event.outcome === 'released') return html`No longer held at <${Time} at=${event.at} />, and mapped as a new event.`;
  if (event.outcome === 'replayed') return html`Replayed at <${Time} at=${event.at} /> as a new event.`;
  return html`Its last step is ${String(event.outcome || 'unknown').replace(/_/g, ' ')}, at <${Time} at=${event.at} />.`;
}
