// Suggested lines of the mapping, as a diff of the draft, and what else to look at.
import { html } from './ui.js';
import { Text } from './text.js';
import { Badge, Button, Card, Copy } from './parts.js';
import { count, plural } from './format.js';

const KINDS = { rename: 'Fill', convert: 'Convert' };
const NOTES = { never_filled: ['Never filled', 'These fields of Listrak’s custom event are in no event.'], always_discarded: ['Always discarded', 'Events have these properties, but Listrak has no such field, or the mapping leaves them out.'] };
const MOST = 200;

const Cut = ({ of }) => of.length > MOST && html`<p class="quiet small">and ${count(of.length - MOST)} more</p>`;

/** The lines of a unified diff, without the names of the files. */
function Patch({ text }) {
  const lines = text.split('\n').slice(2, -1);
  return html`<pre class="raw patch" tabindex="0" aria-label="Suggested lines as a diff">${lines.map(line => line[0] === '+' ? html`<ins><${Text} value=${line} fold=${1000} /></ins>` : line[0] === '-' ? html`<del><${Text} value=${line} fold=${1000} /></del>` : html`<span><${Text} value=${line || ' '} fold=${1000} /></span>`)}</pre>`;
}

export function Suggested({ of, isEarlier, onUse }) {
  if (!of) return null;
  const unknown = (of.customEvents || []).filter(one => one.fields === undefined);
  const kind = word => (of.suggestions || []).filter(one => one.kind === word);
  const hints = (of.suggestions || []).filter(one => KINDS[one.kind]);
  return html`<${Card} title="Suggested lines">
    <p role="status">${of.diff ? html`<${Badge} kind="wait" word="lines to add" />` : html`<${Badge} kind="good" word="no line to add" />`} ${plural(of.looked, 'event')} of the ${plural(of.kept?.events || 0, 'kept event')} of the last 24 hours looked at, at most ${count(of.perName)} of each name.</p>
    ${unknown.map(one => html`<p class="note wait">Listrak’s fields of <${Text} value=${one.customEvent} cutAt=${120} /> are unknown${one.lastFailure ? html`: <${Text} value=${one.lastFailure} />` : '. They were not read yet: see “Contract”.'}</p>`)}
    ${isEarlier && html`<p class="quiet small">This is for an earlier draft. Ask again.</p>`}
    ${of.diff && html`<${Patch} text=${of.diff} /><div class="actions"><${Button} disabled=${isEarlier} onClick=${onUse}>Use as draft<//><${Copy} text=${of.diff}>Copy the diff<//></div>`}
    ${hints.length > 0 && html`<ul class="issues">${hints.slice(0, MOST).map(one => html`<li><${Badge} word=${KINDS[one.kind]} kind=${one.inDiff ? 'good' : 'wait'} /> <${Text} value=${one.message} fold=${600} />${one.inDiff === false && html`; add this line yourself under <code>${one.place}</code>: <code><${Text} value=${one.line} /></code>`}</li>`)}</ul><${Cut} of=${hints} />`}
    ${Object.entries(NOTES).map(([word, [title, lead]]) => kind(word).length > 0 && html`<h3>${title}</h3><p class="quiet small">${lead}</p>
      <ul class="discarded">${kind(word).slice(0, MOST).map(one => html`<li><code><${Text} value=${one.field} cutAt=${100} /></code> ${one.count > 0 ? html`<span class="quiet">in ${count(one.count)} of ${plural(one.of, 'event')}</span>` : one.properties.length > 0 && html`<span class="quiet">events have <${Text} value=${one.properties.join(', ')} /></span>`}</li>`)}</ul><${Cut} of=${kind(word)} />`)}<//>`;
}
