// Listrak's fields against those that are mapped: filled, never filled, thrown away, of another type.
import { html, useState } from '../ui.js';
import { get, post, useLoad } from '../api.js';
import { Text } from '../text.js';
import { Badge, Button, Card, Empty, Loaded, Problem, Title, useMayChange } from '../parts.js';
import { Ago, Time, count, plural } from '../format.js';

const STATES = { filled: ['Filled', 'good'], 'never filled': ['Never filled', 'quiet'], 'another type': ['Another type', 'wait'] };
const FINDINGS = { unknown_event: 'Listrak does not know the custom event', no_access: 'No access to the custom event', no_workflow: 'No workflow uses the custom event', unknown_field: 'Listrak does not have this field', wrong_type: 'The field has another type' };

function CustomEvent({ of }) {
  const fields = Array.isArray(of.fields) ? of.fields : [];
  const filled = fields.filter(field => field.state === 'filled').length;
  return html`<${Card} flush kind="reason"><div class="reason-head"><div><h2><${Text} value=${of.customEvent} cutAt=${120} /></h2>
      <p class="quiet">${of.checked ? html`Fields read from Listrak <${Ago} at=${of.checked} />` : 'Fields not yet read from Listrak'}; ${fields.length ? `${count(filled)} of ${plural(fields.length, 'field')} filled` : plural(of.fields || 0, 'field')}${of.discarded?.length ? `, ${plural(of.discarded.length, 'mapped field')} discarded` : ''}.</p>
      ${of.lastFailure && html`<p class="note wait">The last check failed: <${Text} value=${of.lastFailure} /></p>`}</div></div>
    ${fields.length > 0 && html`<div class="scroll" tabindex="0" role="region" aria-label="Fields of the custom event"><table><thead><tr><th scope="col">Listrak’s field</th><th scope="col" class="narrow-hide">Type</th><th scope="col">State</th><th scope="col">Last filled</th></tr></thead>
      <tbody>${fields.map(field => html`<tr><th scope="row"><code><${Text} value=${field.name} cutAt=${100} /></code></th><td class="quiet narrow-hide"><${Text} value=${field.type} cutAt=${40} /></td><td><${Badge} word=${STATES[field.state]?.[0] || field.state} kind=${STATES[field.state]?.[1] || 'quiet'} /></td><td class="quiet nowrap">${field.lastFilled ? html`<${Ago} at=${field.lastFilled} />` : '–'}</td></tr>`)}</tbody></table></div>`}
    ${of.discarded?.length > 0 && html`<div class="card-body"><h3>Discarded fields</h3><p class="quiet small">Your events have these fields, but Listrak’s custom event does not. Add the field in Listrak, rename it in the mapping, or leave it out.</p>
      <ul class="discarded">${of.discarded.slice(0, 300).map(field => html`<li><code><${Text} value=${field.name} cutAt=${100} /></code> <span class="quiet">${plural(field.count, 'time')}, last <${Ago} at=${field.lastSeen} /></span></li>`)}</ul></div>`}<//>`;
}

export default function Contract() {
  const mayChange = useMayChange();
  const loaded = useLoad(signal => get('/admin/contract', { signal }));
  const [state, setState] = useState({});
  const check = async () => {
    setState({ busy: true });
    try { await post('/admin/contract/check'); setState({ done: new Date().toISOString() }); loaded.reload(); } catch (error) { setState({ error }); }
  };
  return html`<${Title} lead="The fields of Listrak’s custom events, compared with the fields of your events." side=${mayChange && html`<${Button} kind="quiet" disabled=${state.busy} onClick=${check}>${state.busy ? 'Asking Listrak…' : 'Check now'}<//>`}>Contract<//>
    ${state.done && html`<p class="quiet small" role="status">Checked at <${Time} at=${state.done} />.</p>`}<${Problem} error=${state.error} />
    <${Loaded} of=${loaded} what="contract">${data => html`
      ${data.since && html`<p class="quiet small">Fields are counted as filled since the start of the relay at <${Time} at=${data.since} />.</p>`}
      ${data.part && html`<p class="note">This shows the events that ${data.process} sent. Other processes sent other events.</p>`}
      ${data.issues?.length > 0 && html`<${Card} title=${plural(data.issues.length, 'problem') + ' to fix'}><ul class="issues">${data.issues.map(one => html`<li><${Badge} kind=${one.reason === 'unknown_field' || one.reason === 'wrong_type' ? 'wait' : 'bad'} word=${FINDINGS[one.reason] || one.reason} /> ${one.field && html`<code><${Text} value=${one.field} cutAt=${80} /></code> `}<span class="quiet"><${Text} value=${one.message} /></span></li>`)}</ul>
        <p class="quiet small">${data.strict ? 'listrak.strict is on: the relay leaves out fields that Listrak does not accept.' : 'listrak.strict is off: the relay sends such fields, and Listrak discards them silently.'}</p><//>`}
      ${!data.customEvents?.length ? html`<${Card}><${Empty} title="No custom event is known yet"><p>The relay reads the fields of each custom event from Listrak after its start, and every <code>listrak.schema-check</code>. ${mayChange && 'To read them now, choose “Check now”.'}</p><//><//>`
        : data.customEvents.map(of => html`<${CustomEvent} key=${of.customEvent} of=${of} />`)}`}<//>`;
}
