// A list of events, each a link to what became of it.
import { html } from './ui.js';
import { Text } from './text.js';
import { Badge, rowKeys } from './parts.js';
import { Time, millis } from './format.js';
import { eventHref } from './route.js';
import { dropWords, deathWords } from './words.js';
import { keyOf } from './search.js';

/** How long after which event a webhook came. */
const after = followed => `${millis(followed.millis)} after ${followed.name}`;

function reasonWords(event) {
  if (event.outcome === 'dropped') return dropWords(event.reason)[0];
  if (event.outcome === 'dead') return deathWords(event.reason)[0];
  if (event.follows) return after(event.follows);
  if (event.waits) return event.waits.replace(/^listrak/, 'Listrak').replace(/ parked since \S+, because /, ' is parked: ');
  return event.reason || '';
}

/** @param hrefOf where a row leads; @param current the key of the row that is shown beside */
export function EventRows({ events, hrefOf = event => eventHref(event), current, label, fresh, compact, spool, reasonOf = reasonWords }) {
  return html`<ul class=${'rows' + (compact ? ' compact' : '')} aria-label=${label} onKeyDown=${rowKeys}>${events.map(event => html`<li key=${keyOf(event)} class=${fresh?.has(keyOf(event)) ? 'fresh' : ''}>
      <a data-row href=${hrefOf(event)} aria-current=${current === keyOf(event) ? 'true' : undefined}>
        <span class="r-time"><${Time} at=${event.receivedAt} />${compact && event.follows ? html`, <${Text} value=${after(event.follows)} cutAt=${60} />` : ''}</span>
        <span class="r-name"><${Text} value=${event.name || event.type || '–'} cutAt=${70} />${![spool, 'events', undefined].includes(event.spool) ? html` <small>${event.spool}</small>` : ''}</span>
        <span class="r-contact"><${Text} value=${event.contact || ''} cutAt=${60} /></span>
        <span class="r-outcome"><${Badge} outcome=${event.outcome} /></span>
        <span class="r-reason"><${Text} value=${reasonOf(event)} cutAt=${90} /></span>
      </a></li>`)}</ul>`;
}
