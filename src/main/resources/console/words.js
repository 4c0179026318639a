// The relay's short words in plain sentences: outcomes, reasons, destinations, and what to do about each.

/** A replay, or the end of a hold, makes a new event of an old one: its seq, where the old one tells it. */
export const successor = event => (['replayed', 'released'].includes(event.outcome) && /^as (\d+)$/.exec(event.reason)?.[1]) || null;
export const isPending = event => ['accepted', 'held', 'retried', 'attempted'].includes(event.outcome) || (event.outcome === 'replayed' && !successor(event));

/** outcome → [the word that is shown, the kind of colour] */
export function outcomeWord(outcome) {
  switch (outcome) {
    case 'delivered': return ['Delivered', 'good'];
    case 'dropped': return ['Dropped', 'quiet'];
    case 'dead': return ['Dead letter', 'bad'];
    case 'forwarded': return ['Forwarded', 'good'];
    case 'accepted': case 'attempted': return ['Waiting', 'wait'];
    case 'held': return ['Held', 'wait'];
    case 'released': return ['Released', 'quiet'];
    case 'retried': return ['Retrying', 'wait'];
    case 'replayed': return ['Replayed', 'quiet'];
    case 'settled': return ['Settled', 'quiet'];
    case 'forgotten': return ['Forgotten', 'quiet'];
    default: return [outcome ? String(outcome).replace(/_/g, ' ') : 'Unknown', 'quiet'];
  }
}

/** Of a dropped event: [why, what to do] */
export function dropWords(reason) {
  switch (reason) {
    case 'no_rule': return ['No rule of the mapping matches it', 'If Listrak should get it, add a rule to the mapping.'];
    case 'no_email': return ['It has no e-mail address', 'Send the e-mail with the event, add its path to the mapping, or first send an identify event with the e-mail.'];
    case 'no_phone_number': return ['It has no phone number', 'Send a number that begins with + and the country code, or add its path to the mapping.'];
    case 'no_mobile_contact_uid': return ['It has no mobile contact UID', 'Send the UID with the event, or add its path to the mapping.'];
    case 'no_identifier': return ['It has no identifier that the mapping requires', 'Send an e-mail or a phone number with the event.'];
    case 'no_consent': return ['The contact did not consent', 'The mapping requires a consent that the event does not have. Usually, this is intended.'];
    case 'stale': return ['It is too old for its rule', 'Its own time is further back than the expires_after of the rule. Usually, this is intended.'];
    case 'flood': return ['Its contact sent too many events', 'If it is no bot, raise delivery.max-contact-events-per-hour. Then replay it.'];
    case 'no_items': return ['The list that its rule splits is empty', 'If the list may be empty, do nothing. Otherwise, check the split of the rule.'];
    case 'forgotten': return ['Its contact was forgotten', 'Do nothing: someone asked to forget the contact.'];
    default: return [`A rule of the mapping drops it as ${reason}`, 'If that is intended, do nothing.'];
  }
}

/** Of a dead letter: [why, what to do] */
export function deathWords(reason) {
  switch (reason) {
    case 'rejected': return ['Listrak rejected it', 'Fix what Listrak names, in the mapping or in the custom event. Then replay it.'];
    case 'recipient_rejected': return ['Listrak rejected its contact', 'Listrak does not accept the address. Correct it where the event comes from; a replay alone won’t help.'];
    case 'too_large': return ['It is too large for a request', 'Leave large fields out in the mapping. Then replay it.'];
    case 'expired': return ['It waited for too long', 'Its delivery failed for longer than spool.max-age. If it still matters, replay it.'];
    case 'unknown_outcome': return ['Listrak may have it already', 'Its request had no complete answer. Replay it only if Listrak does not have it.'];
    case 'mapping_failed': return ['The mapping could not map it', 'Fix the mapping. Then replay it.'];
    case 'account_changed': return ['Its account no longer exists', 'In the mapping, name an account that is configured. Then replay it.'];
    default: return [reason ? String(reason).replace(/_/g, ' ') : 'It could not be delivered', 'Fix the cause. Then replay it.'];
  }
}

export const isWebhook = spool => String(spool || '').startsWith('webhook-');

/** How a destination or spool is called in a sentence. */
export function destinationName(name) {
  if (!name || name === 'events' || name === 'listrak') return 'Listrak';
  if (isWebhook(name)) return `the third party of ${name.slice(8)}`;
  return name.startsWith('listrak-') ? `Listrak (account ${name.slice(8)})` : name;
}
export const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

/** What an operator can do about a parked destination, by what it was parked for. */
export function remedy(name, reason = '') {
  const who = isWebhook(name) ? 'the third party' : 'Listrak';
  if (/\b401\b|credential|client|token|unauthor/i.test(reason)) {
    return isWebhook(name)
      ? 'Ask the third party whether the forward URL and its secret are still valid.'
      : 'Check listrak.client-id and listrak.client-secret against the integration’s page in Listrak.';
  }
  if (/\b403\b|no access|paused/i.test(reason)) {
    return isWebhook(name) ? 'Ask the third party to allow the relay’s requests.' : 'In Listrak, give the integration access to the Cross Channel API, or resume it. Listrak’s support can do both.';
  }
  if (/\b404\b|uid/i.test(reason)) return isWebhook(name) ? 'Check webhook.<name>.forward-url.' : 'Check listrak.event-uid, the event_uid of each rule, and listrak.company-id against Listrak.';
  if (/certificate|tls|ssl|pkix/i.test(reason)) return `Check the certificate of ${who}, or of a proxy in between.`;
  return `Fix what the reason names. The relay tries ${who} again by itself; “Try now” tries at once.`;
}

const INTERRUPTIONS = {
  'time-out': 'did not answer in time', 'connection reset': 'broke the connection before an answer', 'connection closed': 'closed the connection without an answer',
  'answer cut short': 'sent an answer that was cut short',
};

/** Of an event that may be there twice: why nobody knows whether the first request was accepted, as a clause. */
export function unsureWords({ cause, destination }) {
  switch (cause) {
    case 'kill': return 'the relay stopped before it knew the answer';
    case 'power cut': return 'the machine stopped, and it was one of the next events of its lane';
    case 'restart': return 'a part of it was accepted before the relay stopped, and all parts are sent again';
    default: return `${destinationName(destination)} ${INTERRUPTIONS[cause] || `gave no complete answer (${cause})`}`;
  }
}
