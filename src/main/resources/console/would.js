// What dead letters would become, if they were replayed now.
import { html } from './ui.js';
import { get, post, useLoad } from './api.js';
import { href } from './route.js';
import { Text } from './text.js';
import { Badge, Problem } from './parts.js';
import { count } from './format.js';
import { dropWords, isWebhook } from './words.js';
import { outcomeOf } from './why.js';

const EXPLAINED = 20;

/** What selected dead letters would become now: asks the relay to explain each. */
async function explainAll(spool, seqs, signal) {
  const tally = new Map();
  for (const seq of seqs.slice(0, EXPLAINED)) {
    const letter = await get(`/admin/dead-letters/${seq}?spool=${encodeURIComponent(spool)}`, { signal, exact: true });
    const told = await post('/admin/explain', JSON.stringify(letter.payload), { signal });
    const names = (told.rules || []).filter(rule => /^match/i.test(rule.verdict) && rule.event_name).map(rule => rule.event_name);
    const key = JSON.stringify([told.outcome, told.outcome === 'sent' ? names[0] || '' : told.reason || '']);
    const entry = tally.get(key) || { told, name: names[0], seqs: [] };
    entry.seqs.push(seq);
    tally.set(key, entry);
  }
  return [...tally.values()].sort((a, b) => b.seqs.length - a.seqs.length);
}

export function WouldBecome({ spool, seqs }) {
  const asked = seqs.slice(0, EXPLAINED);
  const one = seqs.length === 1;
  const loaded = useLoad(signal => explainAll(spool, seqs, signal), [spool, asked]);
  if (isWebhook(spool)) return html`<p class="quiet small">A webhook is posted again as it was received.</p>`;
  if (!loaded.data) return loaded.error ? html`<${Problem} error=${loaded.error} />` : html`<p class="quiet small" role="status">Checking what ${seqs.length === 1 ? 'it' : 'they'} would become now…</p>`;
  return html`<div class="would"><p><strong>A replay now would give:</strong>${seqs.length > EXPLAINED && html` <span class="quiet">for the first ${EXPLAINED}</span>`}</p>
    <ul>${loaded.data.map(({ told, name, seqs: of }) => html`<li>${!one && html`<b>${count(of.length)}</b>`} <${Badge} kind=${outcomeOf(told)[1]} word=${outcomeOf(told)[0]} />
      <span>${told.outcome === 'sent' ? (name ? html`as <em><${Text} value=${name} cutAt=${60} /></em>` : '') : html`<${Text} value=${told.outcome === 'dropped' ? dropWords(told.reason)[0] : told.reason} cutAt=${160} />`}</span>
      ${!one && html`<a class="small" href=${href('playground', { spool, seq: of[0] })}>show one</a>`}</li>`)}</ul>
    ${loaded.data.some(({ told }) => told.outcome === 'sent') && html`<p class="quiet small">This is the result of the mapping. Only a replay shows whether Listrak accepts it.</p>`}</div>`;
}
