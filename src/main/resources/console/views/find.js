// The first view: one box, and the answer.
import { html, useState, useEffect, useRef } from '../ui.js';
import { get, session, useLoad } from '../api.js';
import { route, go, replace, href } from '../route.js';
import { find, more, keyOf, isEmail, merge } from '../search.js';
import { EventDetail } from '../detail.js';
import { EventRows } from '../rows.js';
import { Card, Empty, FirstEvent, Icon, Problem, Skeleton } from '../parts.js';
import { Text } from '../text.js';
import { count, duration, localTimes, plural } from '../format.js';
import { destinationName, capital, outcomeWord } from '../words.js';

function Box({ value, onAgain }) {
  const [text, setText] = useState(value);
  const box = useRef();
  const { orderField } = session.use() || {};
  useEffect(() => setText(value), [value]);
  useEffect(() => { if (!value && matchMedia('(hover: hover)').matches) box.current.focus(); }, []);
  const submit = event => {
    event.preventDefault();
    const q = text.trim();
    if (q === value) onAgain();
    else go('find', { q });
  };
  const leave = event => { if (event.key === 'Escape') { if (text) setText(''); else box.current.blur(); } };
  return html`<form role="search" class="find-form" onSubmit=${submit}>
    <label class="visually-hidden" for="find-box">E-mail, userId, messageId or order number</label>
    <${Icon} name="find" />
    <input id="find-box" ref=${box} type="text" inputmode="email" value=${text} onInput=${event => setText(event.target.value)} onKeyDown=${leave} autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="1000"
      placeholder="E-mail, userId, messageId, order number" aria-describedby="find-hint" />
    <kbd aria-hidden="true">/</kbd>
    <button class="button primary">Find</button>
    <p id="find-hint" class="visually-hidden">The relay looks for an order number in ${orderField || 'properties.order_id'}.</p></form>`;
}

/** How things are now, in a line each: what one may want to know before asking for a contact. */
function Now() {
  const status = useLoad(signal => get('/admin/status', { signal }), [], { every: 5000 });
  if (!status.data) return html`<div class="now-place"></div>`;
  const { destinations = [], spools = [] } = status.data;
  const pending = spools.reduce((sum, spool) => sum + (spool.pending || 0), 0);
  const none = spools.every(spool => !(spool.tally || []).some(line => line.events > 0));
  if (none) return html`<${Card}><${Empty} title="No event yet"><${FirstEvent} /><//><//>`;
  return html`<ul class="now">${destinations.map(one => html`<li class=${one.parked ? 'bad' : one.askedToWaitUntil ? 'wait' : 'good'}>
      <a href="#/overview"><span class="dot" aria-hidden="true"></span><span><strong>${capital(destinationName(one.name))}</strong> ${one.parked ? html`is parked since ${localTimes(one.since)}, because <${Text} value=${one.reason} cutAt=${140} />` : one.askedToWaitUntil ? html`asked to wait until ${localTimes(one.askedToWaitUntil)}` : 'accepts events'}</span></a></li>`)}
    <li class="quiet"><a href=${href('live', { outcome: 'pending' })}><span class="dot" aria-hidden="true"></span><span>${pending === 0 ? 'No events waiting' : html`<strong>${count(pending)}</strong> ${pending === 1 ? 'event' : 'events'} waiting, safe on disk`}</span></a></li></ul>`;
}

function Nothing({ q }) {
  const settings = useLoad(signal => get('/admin/settings', { signal }), []);
  const { orderField, sandbox } = session.use() || {};
  const setting = key => settings.data?.settings?.find(one => one.key === key)?.value;
  const kept = setting('spool.history');
  const events = setting('spool.history-events');
  return html`<div class="answer-card quiet"><h1 class="sentence">No events found for ${isEmail(q) ? 'this contact' : html`“<${Text} value=${q} cutAt=${80} />”`} ${kept ? html`in the last ${duration(kept)}` : 'in the history'}.</h1>
    <p class="remedy">The relay knows waiting events, dead letters, and events that were settled within ${kept ? duration(kept) : html`<code>spool.history</code>`}${events ? ` (about the last ${count(Number(events))} events)` : ''}.</p>
    <ul class="hints">${isEmail(q)
      ? html`<li>If the event was sent with a <code>userId</code> only, search for that.</li><li>Look at the <a href="#/live">live events</a>, and at <a href=${href('dropped', { reason: 'no_email' })}>events without an e-mail</a>.</li>`
      : html`<li>The relay searched for it as a messageId, a userId, an anonymousId, and an order number in <code>${orderField || 'properties.order_id'}</code>.</li><li>Upper and lower case are different.</li><li>Try the contact’s e-mail.</li>`}</ul>
    ${sandbox && html`<${FirstEvent} />`}</div>`;
}

function summary(events, isMore) {
  const tally = new Map();
  for (const event of events) { const [word] = outcomeWord(event.outcome); tally.set(word, (tally.get(word) || 0) + 1); }
  const parts = [...tally].sort((a, b) => b[1] - a[1]).map(([word, n]) => `${count(n)} ${word.toLowerCase().replace('dead letter', n === 1 ? 'dead letter' : 'dead letters')}`);
  return `${isMore ? 'more than ' : ''}${plural(events.length, 'event')}${isMore ? `. Of the newest ${count(events.length)}` : ''}: ${parts.join(', ')}`;
}

function Found({ q, query }) {
  const answer = useLoad(signal => find(q, signal), [q]);
  const [older, setOlder] = useState({ q, events: [] });
  const [busy, setBusy] = useState(false);
  const as = answer.data?.by?.length && !answer.data.contact ? html`<span class="quiet">Found as ${answer.data.by.join(' and ')}. </span>` : '';
  if (!answer.data) return answer.error ? html`<${Problem} error=${answer.error} />` : html`<${Skeleton} lines=${6} />`;
  const extra = older.q === q ? older : { events: [] };
  const events = merge(answer.data.events, extra.events);
  if (!events.length) return html`<${Nothing} q=${q} />`;
  const next = extra.q && older.q === q && older.asked ? older.next : answer.data.next;
  const at = query.at && events.some(event => keyOf(event) === query.at) ? query.at : keyOf(events[0]);
  const shown = events.find(event => keyOf(event) === at);
  const loadMore = async () => {
    setBusy(true);
    try {
      const got = await more(q, next);
      setOlder({ q, events: [...extra.events, ...got.events], next: got.next, asked: true });
    } finally { setBusy(false); }
  };
  const detail = html`<${EventDetail} key=${at} spool=${shown.spool || 'events'} seq=${shown.seq} tab=${query.tab} onTab=${tab => replace('find', { ...query, tab })} />`;
  if (events.length === 1 && !next) return html`${as && html`<p class="small found-note">${as}</p>`}${detail}`;
  return html`<div class="found"><div class="found-detail"><p class="quiet small found-note">${as}${at === keyOf(events[0]) ? 'The newest of' : 'One of'} ${summary(events, Boolean(next))}.${at !== keyOf(events[0]) && html` <a href=${href('find', { q })}>The newest</a>`}</p>${detail}</div>
    <aside class="found-list" aria-label="All events found"><${Card} title=${answer.data.contact ? 'All events of this contact' : 'All events found'} flush>
      <${EventRows} compact label="Events found" events=${events} current=${at} hrefOf=${event => href('find', { q, at: keyOf(event) })} />
      ${next && html`<p class="more"><button type="button" class="link" disabled=${busy} onClick=${loadMore}>${busy ? 'Loading…' : 'Load older ones'}</button></p>`}<//></aside></div>`;
}

export default function Find() {
  const { query } = route.use();
  const q = (query.q || '').trim();
  const [times, again] = useState(0);
  const onAgain = () => again(times + 1);
  return q
    ? html`<div class="find asked"><${Box} value=${q} onAgain=${onAgain} /><${Found} key=${times} q=${q} query=${query} /></div>`
    : html`<div class="find"><div class="find-hero"><h1>Did it reach Listrak?</h1><p class="lead">And if not, why? Search for a contact or an event.</p><${Box} value="" onAgain=${onAgain} /><${Now} /></div></div>`;
}
