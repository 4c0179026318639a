// An explanation of the mapping: what becomes of an event, which rules were tried, and what is lost on the way.
import { html } from './ui.js';
import { Text } from './text.js';
import { Badge } from './parts.js';
import { dropWords } from './words.js';
import { plural } from './format.js';

const matches = verdict => /^(it )?(matches|takes)/i.test(verdict || '');

function Rules({ rules }) {
  if (!rules?.length) return null;
  const first = rules.findIndex(rule => matches(rule.verdict));
  return html`<h3>Rules in order</h3><ol class="rules">${rules.slice(0, 200).map((rule, i) => html`
    <li class=${matches(rule.verdict) ? 'hit' : ''}><span class="rule-place"><code>${rule.rule}</code> ${rule.event_name ? html`<strong><${Text} value=${rule.event_name} cutAt=${80} /></strong>` : html`<span class="quiet">drops</span>`}</span>
      <span class="rule-why">${matches(rule.verdict) ? html`<${Badge} kind=${/^matches, but/.test(rule.verdict) ? 'wait' : i === first ? 'good' : 'quiet'} word="matches" /> ` : ''}<${Text} value=${matches(rule.verdict) ? rule.verdict.replace(/^matches,? ?/, '') : rule.verdict} /></span>
      ${rule.placeholders?.map(text => html`<span class="rule-note"><${Text} value=${text} /></span>`)}</li>`)}</ol>
    ${rules.length > 200 && html`<p class="quiet small">and ${plural(rules.length - 200, 'rule')} more</p>`}`;
}

function Notes({ title, of, kind = '' }) {
  if (!of?.length) return null;
  return html`<h3>${title}</h3>${typeof of === 'string' ? html`<p class="quiet small"><${Text} value=${of} /></p>`
    : html`<ul class=${'notes ' + kind}>${of.slice(0, 300).map(text => html`<li><${Text} value=${typeof text === 'string' ? text : JSON.stringify(text)} /></li>`)}</ul>`}`;
}

export function outcomeOf(explanation) {
  switch (explanation?.outcome) {
    case 'sent': return ['Sent', 'good'];
    case 'dropped': return ['Dropped', 'quiet'];
    case 'dead letter': return ['Dead letter', 'bad'];
    default: return [explanation?.outcome || 'Unknown', 'bad'];
  }
}

export function Why({ explanation, answer }) {
  const requests = explanation.requests || [];
  const identifiers = requests.flatMap(request => request.identifiers || []);
  return html`<div class="why">
    ${answer && html`<h3>Answer</h3><p class="answer"><${Text} value=${answer} /></p>`}
    ${explanation.outcome !== 'sent' && html`<h3>Outcome</h3><p><${Badge} word=${outcomeOf(explanation)[0]} kind=${outcomeOf(explanation)[1]} /> <${Text} value=${explanation.outcome === 'dropped' ? dropWords(explanation.reason)[0] : explanation.reason} /></p>`}
    ${explanation.event?.time && html`<p class="note wait"><${Text} value=${explanation.event.time} /></p>`}
    ${identifiers.length > 0 && html`<h3>Identifiers of the contact</h3><ul class="notes">${identifiers.map(one => html`<li><strong><${Text} value=${one.value} /></strong> <span class="quiet">${one.type}${one.path ? ', ' : ''}<${Text} value=${one.path} /></span></li>`)}</ul>`}
    <${Rules} rules=${explanation.rules} />
    <${Notes} title="Values that could not be converted" of=${requests.flatMap(request => request.not_converted || [])} kind="wait" />
    <${Notes} title="Fields that Listrak would discard" of=${requests.flatMap(request => (Array.isArray(request.discarded) ? request.discarded : []))} kind="wait" />
  </div>`;
}
