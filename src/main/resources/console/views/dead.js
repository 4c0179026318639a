// Dead letters: why, how many, what would become of them now, and their replay.
import { html, useState, useEffect } from '../ui.js';
import { get, post, useLoad } from '../api.js';
import { route, replace, eventHref, go } from '../route.js';
import { Replay } from '../replay.js';
import { WouldBecome } from '../would.js';
import { Text } from '../text.js';
import { Button, Card, Confirm, Empty, Icon, Loaded, Problem, Skeleton, Title, rowKeys, useMayChange } from '../parts.js';
import { Ago, Time, count, plural } from '../format.js';
import { deathWords } from '../words.js';

/** The letters of an answer: numbers and quoted values aside, answers of one cause are alike. */
const gist = answer => String(answer || '').replace(/"[^"]*"|'[^']*'|“[^”]*”/g, '').replace(/[^\p{L}]/gu, '').toLowerCase();

/** A page of the letters of a group; pages of other causes in between are passed over. */
async function lettersOf(group, before, signal) {
  const found = [];
  let next = before;
  for (let pages = 0; pages < 10 && found.length < 50; pages++) {
    const body = { spool: group.spool, reason: group.reason, limit: 100 };
    if (next !== undefined) body.before = String(next);
    const answer = await post('/admin/dead-letters/search', body, { signal });
    found.push(...(answer.deadLetters || []).filter(letter => gist(letter.answer) === gist(group.answer)));
    next = answer.next;
    if (next === undefined || next === null) return { letters: found, next: undefined };
  }
  return { letters: found, next };
}

function Letters({ group, onReplay }) {
  const mayChange = useMayChange();
  const loaded = useLoad(signal => lettersOf(group, undefined, signal), [group.spool, group.reason, gist(group.answer)]);
  useEffect(loaded.reload, [group.count, group.last]);
  const [extra, setExtra] = useState({ letters: [] });
  const [chosen, choose] = useState(new Set());
  const [asks, setAsks] = useState(false);
  if (!loaded.data) return loaded.error ? html`<${Problem} error=${loaded.error} />` : html`<${Skeleton} lines=${5} />`;
  const seen = new Set();
  const letters = [...loaded.data.letters, ...extra.letters].filter(letter => !seen.has(letter.seq) && seen.add(letter.seq));
  const next = extra.asked ? extra.next : loaded.data.next;
  const all = letters.length > 0 && letters.every(letter => chosen.has(letter.seq));
  const toggle = seq => { const now = new Set(chosen); if (!now.delete(seq)) now.add(seq); choose(now); };
  const toggleAll = () => choose(all ? new Set() : new Set(letters.map(letter => letter.seq)));
  const start = () => { setAsks(false); choose(new Set()); setExtra({ letters: [] }); onReplay(group.spool, seqs); };
  const seqs = [...chosen];
  const loadMore = async () => {
    const got = await lettersOf(group, next);
    setExtra({ letters: [...extra.letters, ...got.letters], next: got.next, asked: true });
  };
  return html`<div class="letters">
    ${mayChange && html`<div class="letters-bar"><label class="check"><input type="checkbox" checked=${all} indeterminate=${!all && chosen.size > 0} onChange=${toggleAll} /> Select all ${count(letters.length)} shown</label>
      ${chosen.size > 0 && html`<span class="quiet">${count(chosen.size)} selected</span>`}
      <${Button} kind="primary" icon="play" disabled=${!chosen.size} onClick=${() => setAsks(true)}>Replay${chosen.size ? ` ${count(chosen.size)}` : ''}<//></div>`}
    ${chosen.size > 0 && html`<${WouldBecome} spool=${group.spool} seqs=${seqs} />`}
    ${asks && html`<${Confirm} title=${`Replay ${plural(chosen.size, 'dead letter')}?`} yes="Replay" kind="primary" onNo=${() => setAsks(false)} onYes=${start}>
      <p>Each becomes a pending event again. The relay maps it with the active mapping and sends it. Live events go first.</p><//>`}
    <ul class="rows letters-rows" aria-label="Dead letters of this group" onKeyDown=${rowKeys}>${letters.map(letter => html`<li key=${letter.seq}>
      ${mayChange && html`<input type="checkbox" aria-label=${`Select ${letter.seq}`} checked=${chosen.has(letter.seq)} onChange=${() => toggle(letter.seq)} />`}
      <a data-row href=${eventHref({ spool: group.spool, seq: letter.seq })}>
        <span class="r-time"><${Time} at=${letter.diedAt} /></span>
        <span class="r-name"><${Text} value=${letter.name || letter.type || '–'} cutAt=${70} /></span>
        <span class="r-contact"><${Text} value=${letter.contact || ''} cutAt=${60} /></span>
        <span class="r-reason"><${Text} value=${letter.answer || ''} cutAt=${140} /></span></a></li>`)}</ul>
    ${!letters.length && html`<p class="quiet card-body">These dead letters no longer exist.</p>`}
    ${next !== undefined && html`<p class="more"><button type="button" class="link" onClick=${loadMore}>Load older ones</button></p>`}</div>`;
}

const keyOfGroup = group => [group.spool, group.reason, group.answer].join('\u0001');

function Group({ group, open, onToggle, onReplay }) {
  const [why, todo] = deathWords(group.reason);
  return html`<${Card} flush kind=${'group' + (open ? ' open' : '')}><button type="button" class="group-head" data-row aria-expanded=${open} onClick=${onToggle}>
      <b class="group-count">${count(group.count)}</b>
      <span class="group-what"><strong>${why}</strong>${group.spool !== 'events' && html` <small class="quiet">${group.spool}</small>`}
        ${group.answer && html`<span class="group-answer"><${Text} value=${group.answer} cutAt=${220} /></span>`}
        <span class="quiet small">${group.count === 1 ? html`since <${Ago} at=${group.last} />` : html`first <${Ago} at=${group.first} />, last <${Ago} at=${group.last} />`}</span></span>
      <span class="chevron" aria-hidden="true"><${Icon} name="right" /></span></button>
    ${open && html`<p class="group-todo">${todo}</p><${Letters} group=${group} onReplay=${onReplay} />`}<//>`;
}

export default function Dead() {
  const { query } = route.use();
  const loaded = useLoad(signal => get('/admin/dead-letters/groups' + (query.spool ? `?spool=${encodeURIComponent(query.spool)}` : ''), { signal }), [query.spool], { every: 10000 });
  const [runs, setRuns] = useState([]);
  const start = (spool, seqs) => { setRuns([{ spool, seqs, id: Date.now() }, ...runs]); scrollTo({ top: 0, behavior: 'smooth' }); setTimeout(loaded.reload, 800); };
  const toggle = key => replace('dead', { ...query, open: query.open === key ? '' : key });
  useEffect(() => {
    const leave = event => { if (event.key === 'Escape' && query.open && !document.querySelector('dialog[open]')) replace('dead', { ...query, open: '' }); };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [query.open]);
  return html`<${Title} lead="Events that could not be delivered, by cause. Fix the cause, then replay them.">Dead letters<//>
    ${(query.reason || query.spool) && html`<p class="chips"><span>Only ${[query.spool, query.reason && deathWords(query.reason)[0].toLowerCase()].filter(Boolean).join(', ')}</span><button type="button" class="link" onClick=${() => go('dead')}>show all</button></p>`}
    ${runs.map(run => html`<${Card} key=${run.id} kind="run" title="Replay" side=${html`<${Button} kind="quiet" icon="close" aria-label="Close" onClick=${() => setRuns(runs.filter(one => one !== run))} />`}><${Replay} spool=${run.spool} seqs=${run.seqs} onDone=${loaded.reload} /><//>`)}
    <${Loaded} of=${loaded} what="groups of dead letters">${data => {
      const groups = (data.groups || []).filter(group => !query.reason || group.reason === query.reason);
      if (!groups.length) return html`<${Card}><${Empty} title=${query.reason ? 'No dead letters of this kind' : 'No dead letters'}><p>If Listrak rejects an event, the relay keeps it here with Listrak’s answer. You can replay it then.</p><//><//>`;
      return html`<p class="quiet small">${plural(data.total ?? groups.reduce((n, group) => n + group.count, 0), 'dead letter')} in ${plural(groups.length, 'group')}${data.looked < data.total ? `; grouped are the newest ${count(data.looked)}` : ''}.</p>
        <div class="groups" onKeyDown=${rowKeys}>${groups.map(group => html`<${Group} key=${keyOfGroup(group)} group=${group} open=${query.open === keyOfGroup(group) || (groups.length === 1 && query.open === undefined)} onToggle=${() => toggle(keyOfGroup(group))} onReplay=${start} />`)}</div>`;
    }}<//>`;
}
