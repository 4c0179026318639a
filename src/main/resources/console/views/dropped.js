// What was not sent, by reason and event name: what a rule or an address is missing for.
import { html, useState } from '../ui.js';
import { get, useLoad } from '../api.js';
import { route, replace, href, eventHref, go } from '../route.js';
import { Text } from '../text.js';
import { Card, Choice, Empty, Loaded, Title } from '../parts.js';
import { Ago, count, plural } from '../format.js';
import { dropWords } from '../words.js';
import { Progress, ReplayDropped } from '../replay-dropped.js';

const SPANS = [['60', 'Hour'], ['1440', 'Day'], ['10080', 'Week']];

function byReason(groups) {
  const reasons = new Map();
  for (const group of groups) {
    const entry = reasons.get(group.reason) || { reason: group.reason, count: 0, groups: [] };
    entry.count += group.count;
    entry.groups.push(group);
    reasons.set(group.reason, entry);
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count);
}

function Reason({ of, onReplay }) {
  const [why, todo] = dropWords(of.reason);
  const most = Math.max(...of.groups.map(group => group.count));
  return html`<${Card} flush kind="reason"><div class="reason-head"><b class="group-count">${count(of.count)}</b><div><h2><${Text} value=${why} cutAt=${120} /></h2><p class="quiet">${todo}</p>
      <${ReplayDropped} reason=${of.reason} spools=${[...new Set(of.groups.map(group => group.spool))]} onDone=${onReplay} /></div></div>
    <div class="scroll" tabindex="0" role="region" aria-label=${why}><table><thead><tr><th scope="col">Event</th><th scope="col" class="num">Events</th><th scope="col" class="narrow-hide">Last</th><th scope="col">Samples</th></tr></thead>
    <tbody>${of.groups.slice(0, 200).map(group => html`<tr><th scope="row"><a href=${href('live', { outcome: 'dropped', name: group.name, spool: group.spool })}><${Text} value=${group.name || '(no name)'} cutAt=${80} /></a>${group.spool !== 'events' && html` <small class="quiet">${group.spool}</small>`}</th>
      <td class="num"><span class="meter" aria-hidden="true"><span style=${{ width: `${Math.max(2, (100 * group.count) / most)}%` }}></span></span><b>${count(group.count)}</b></td>
      <td class="quiet nowrap narrow-hide"><${Ago} at=${group.last} /></td>
      <td class="samples">${(group.seqs || []).slice(0, 2).map(seq => html`<a href=${eventHref({ spool: group.spool, seq }, { tab: 'why' })}>${seq}</a> `)}
        ${group.seqs?.length > 0 && html`<a class="small nowrap" href=${href('playground', { spool: group.spool, seq: group.seqs[0] })}>${of.reason === 'no_rule' ? 'write a rule' : 'try it'}</a>`}</td></tr>`)}</tbody></table></div><//>`;
}

export default function Dropped() {
  const { query } = route.use();
  const minutes = query.minutes || '1440';
  const loaded = useLoad(signal => get(`/admin/dropped?minutes=${encodeURIComponent(minutes)}` + (query.spool ? `&spool=${encodeURIComponent(query.spool)}` : ''), { signal }), [minutes, query.spool], { every: 15000 });
  const [runs, setRuns] = useState([]);
  const follow = told => { if (told.canary) setRuns([told.canary.id, ...runs]); setTimeout(loaded.reload, 1500); };
  return html`<${Title} lead="Events that were not sent on purpose, by reason: no rule matches them, or they have no e-mail, and so on." side=${html`<${Choice} label="Time span" options=${SPANS} value=${minutes} onChange=${next => replace('dropped', { ...query, minutes: next })} />`}>Dropped<//>
    ${query.reason && html`<p class="chips"><span>Only: ${dropWords(query.reason)[0]}</span><button type="button" class="link" onClick=${() => go('dropped')}>show all</button></p>`}
    ${runs.map(id => html`<${Card} key=${id}><${Progress} id=${id} /><//>`)}
    <${Loaded} of=${loaded} what="list of dropped events">${data => {
      const reasons = byReason(data.groups || []).filter(of => !query.reason || of.reason === query.reason);
      if (!reasons.length) return html`<${Card}><${Empty} title="No events were dropped in this time"><p>Events that no rule matches, or that have no e-mail, appear here.</p><//><//>`;
      return html`${data.complete === false && html`<p class="note wait">This shows only the newest ${plural(data.looked, 'dropped event')}. There are more in this time.</p>`}
        ${data.complete !== false && html`<p class="quiet small">${plural(reasons.reduce((n, of) => n + of.count, 0), 'event')} dropped.</p>`}
        ${reasons.map(of => html`<${Reason} key=${of.reason} of=${of} onReplay=${follow} />`)}`;
    }}<//>`;
}
