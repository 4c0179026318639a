// Whether a destination may have an event twice, in one sentence.
import { html } from './ui.js';
import { Time } from './format.js';
import { capital, destinationName, unsureWords } from './words.js';

export function Twice({ of }) {
  const who = capital(destinationName(of.destination));
  return html`<p class="note wait">${who} may have this event ${of.sendings > 1 ? (of.sendings > 2 ? `up to ${of.sendings} times` : 'twice') : 'already'}: it
    ${of.cause === 'power cut' ? html` may have been sent before <${Time} at=${of.sentAt} />` : html` was sent at <${Time} at=${of.sentAt} />`}, and ${unsureWords(of)}.
    ${of.sentAgainAt ? html` It was sent again at <${Time} at=${of.sentAgainAt} />.` : ' It was not sent again so far.'} <a href="#/ambiguous">All such events</a></p>`;
}
