// Finds events by whatever is typed: an e-mail, a userId or anonymousId, a messageId, or an order number.
import { post } from './api.js';

export const isEmail = text => /^[^\s@]+@[^\s@]+$/.test(text);
export const keyOf = event => `${event.spool || 'events'}/${event.seq}`;

/** Newest first, each once; an event that was forwarded stays beside the one it became. */
export function merge(...lists) {
  const seen = new Map();
  for (const event of lists.flat()) if (!seen.has(keyOf(event))) seen.set(keyOf(event), event);
  return [...seen.values()].sort((a, b) => (b.receivedAt || '').localeCompare(a.receivedAt || '') || b.seq - a.seq);
}

const search = (body, signal) => post('/admin/events/search', body, { signal });

/** A dead letter that the history no longer holds, as an event. */
export const asEvent = letter => ({ ...letter, outcome: 'dead', at: letter.diedAt });

const OF_CONTACT = [['contact', 'e-mail']];
const OF_ANY = [['messageId', 'messageId'], ['contact', 'userId or anonymousId'], ['order', 'order number']];

/** @returns {events, by: the keys that found something, next, contact} */
export async function find(text, signal) {
  const found = await findBy(isEmail(text) ? OF_CONTACT : OF_ANY, text, signal);
  // some programs make messageIds with an @ in them
  return found.events.length || !isEmail(text) ? found : findBy(OF_ANY, text, signal);
}

async function findBy(ways, text, signal) {
  const answers = await Promise.allSettled(ways.map(([key]) => search({ [key]: text, limit: 100 }, signal)));
  const failed = answers.filter(answer => answer.status === 'rejected').map(answer => answer.reason);
  // an older relay doesn't know `order`, and says so with 400: the other ways count
  const grave = failed.find(error => error.status !== 400) || (failed.length === ways.length && failed[0]);
  if (grave) throw grave;
  const events = [], by = [];
  let next;
  answers.forEach((answer, i) => {
    const { events: found = [], deadLetters = [], next: more } = answer.value || {};
    if (!found.length && !deadLetters.length) return;
    events.push(...found, ...deadLetters.map(asEvent));
    by.push(ways[i][1]);
    next = next || (more && { way: ways[i][0], before: String(more) });
  });
  return { events: merge(events), by, next, contact: isEmail(text) };
}

export async function more(text, { way, before }, signal) {
  const answer = await search({ [way]: text, limit: 100, before }, signal);
  return { events: answer.events || [], next: answer.next && { way, before: String(answer.next) } };
}
