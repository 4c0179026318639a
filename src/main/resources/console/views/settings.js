// The active settings with their sources, versions, health, and a contact's right to be forgotten.
import { html, useState } from '../ui.js';
import { get, post, useLoad } from '../api.js';
import { Text } from '../text.js';
import { Badge, Card, Confirm, Loaded, Problem, Title, useMayChange } from '../parts.js';
import { count, plural } from '../format.js';
import { isEmail } from '../search.js';
import { pretty } from '../json.js';

function Forget() {
  const [email, setEmail] = useState('');
  const [state, setState] = useState({});
  const ask = event => {
    event.preventDefault();
    setState(isEmail(email.trim()) ? { ask: true } : { wrong: 'This is not an e-mail address.' });
  };
  const forget = async () => {
    setState({ ask: true, busy: true });
    try { setState({ told: await post('/admin/contacts/forget', { email: email.trim() }), of: email.trim() }); setEmail(''); } catch (error) { setState({ error }); }
  };
  const { told } = state;
  return html`<${Card} title="Forget a contact"><p class="quiet">Use this when a contact asks for erasure. The relay removes the contact’s events, history, dead letters and known ids, from webhooks too. It changes nothing at Listrak.</p>
    <form class="forget" onSubmit=${ask}><label for="forget-email">E-mail of the contact</label><div class="actions"><input id="forget-email" type="text" inputmode="email" autocomplete="off" maxlength="320" value=${email} onInput=${event => setEmail(event.target.value)} aria-describedby="forget-wrong" />
      <button class="button danger" disabled=${!email.trim()}>Forget…</button></div><p class="wrong" id="forget-wrong" role="alert">${state.wrong || ''}</p></form>
    ${state.ask && html`<${Confirm} title="Forget this contact for good?" yes=${state.busy ? 'Forgetting…' : 'Forget'} busy=${state.busy} onNo=${() => setState({})} onYes=${forget}><p><strong><${Text} value=${email.trim()} cutAt=${320} /></strong></p><p>This can’t be undone. It may take a few seconds.</p><//>`}
    ${told && html`<p class="note good" role="status">Forgotten: <${Text} value=${state.of} cutAt=${120} />. Removed ${plural(told.pending || 0, 'pending event')}, ${plural(told.settled || 0, 'settled event')}, ${plural(told.deadLetters || 0, 'dead letter')} and ${plural(told.identities || 0, 'known id')}.${told.rewritten ? ' The file was rewritten, so no deleted data is left in it.' : ''}</p>`}
    <${Problem} error=${state.error} /><//>`;
}

const section = key => key.split('.')[0];
const isDefault = one => /^(default|application\.properties|not set)$/.test(one.from || 'default');

function Table({ settings }) {
  const [filter, setFilter] = useState('');
  const [changed, setChanged] = useState(false);
  const wanted = filter.trim().toLowerCase();
  const shown = settings.filter(one => (!changed || !isDefault(one)) && (!wanted || one.key.toLowerCase().includes(wanted) || String(one.value ?? '').toLowerCase().includes(wanted)));
  return html`<div class="filters inside"><label>Find a setting <input type="text" value=${filter} onInput=${event => setFilter(event.target.value)} placeholder="spool.history" onKeyDown=${event => { if (event.key === 'Escape') setFilter(''); }} /></label>
      <label class="check"><input type="checkbox" checked=${changed} onChange=${event => setChanged(event.target.checked)} /> only settings that differ from the default</label><span class="quiet small" role="status">${count(shown.length)} of ${count(settings.length)}</span></div>
    <div class="scroll" tabindex="0" role="region" aria-label="Settings"><table class="settings"><thead><tr><th scope="col">Key</th><th scope="col">Value</th><th scope="col">Source</th></tr></thead>
    <tbody>${shown.map((one, i) => html`<tr class=${i && section(shown[i - 1].key) !== section(one.key) ? 'new-section' : ''}><th scope="row"><code>${one.key}</code></th>
      <td>${one.value === null || one.value === undefined || one.value === '' ? html`<span class="quiet">not set</span>` : one.secret ? html`<span class="quiet">•••• set</span>` : html`<code><${Text} value=${String(one.value)} fold=${160} /></code>`}</td>
      <td class=${isDefault(one) ? 'quiet' : ''}><${Text} value=${one.from === 'application.properties' ? 'default' : one.from || ''} cutAt=${120} /></td></tr>`)}</tbody></table></div>
    ${!shown.length && html`<p class="quiet card-body">No settings match.</p>`}`;
}

const VERSIONS = { relay: 'Listrak Relay', commit: 'Commit', java: 'Java', camel: 'Camel', quarkus: 'Quarkus', sqlite: 'SQLite' };

export default function Settings() {
  const mayChange = useMayChange();
  const loaded = useLoad(signal => get('/admin/settings', { signal }), [], { every: 15000 });
  return html`<${Title} lead="The active settings, and the source of each value.">Settings<//>
    <${Loaded} of=${loaded} what="list of settings">${data => html`
      <div class="two"><${Card} title="Health"><ul class="health">${(data.health || []).map(one => html`<li><${Badge} kind=${one.status === 'UP' ? 'good' : 'bad'} word=${one.status === 'UP' ? 'Up' : 'Down'} /> <span><${Text} value=${one.name} cutAt=${100} />
          ${one.data && Object.keys(one.data).length > 0 && html`<span class="quiet small health-data"><${Text} value=${Object.entries(one.data).filter(([, value]) => value !== '').map(([key, value]) => `${key}: ${typeof value === 'object' ? pretty(value) : value}`).join(', ')} fold=${160} /></span>`}</span></li>`)}</ul>
        ${!data.health?.length && html`<p class="quiet">There are no health checks.</p>`}<//>
      <${Card} title="Versions"><dl class="facts">${Object.entries(data.versions || {}).map(([key, value]) => html`<div><dt>${VERSIONS[key] || key}</dt><dd><${Text} value=${value ?? '–'} cutAt=${80} /></dd></div>`)}</dl><//></div>
      <${Card} title="Settings" flush><${Table} settings=${data.settings || []} /><//>`}<//>
    ${mayChange && html`<${Forget} />`}`;
}
