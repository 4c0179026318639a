// The events that Listrak may have twice, and a file of them.
import { html, useState, useRef, useEffect } from '../ui.js';
import { download, post, useLoad } from '../api.js';
import { EventRows } from '../rows.js';
import { Button, Card, Empty, Loaded, Problem, Title } from '../parts.js';
import { bytes, count, plural } from '../format.js';
import { merge } from '../search.js';

const PAGE = 100;
const page = (before, signal) => post('/admin/ambiguous/search', before ? { limit: PAGE, before: String(before) } : { limit: PAGE }, { signal });

function Export() {
  const [state, setState] = useState({});
  const abort = useRef();
  useEffect(() => () => abort.current?.abort(), []);
  const save = async () => {
    abort.current = new AbortController();
    setState({ got: 0 });
    try {
      await download('/admin/ambiguous?format=csv', 'possibly-twice.csv', got => setState({ got }), abort.current.signal);
      setState({});
    } catch (error) { setState(error.name === 'AbortError' ? {} : { error }); }
  };
  return state.got !== undefined
    ? html`<span role="status">${bytes(state.got)} so far</span> <${Button} kind="quiet" onClick=${() => abort.current.abort()}>Stop<//>`
    : html`<${Button} kind="quiet" onClick=${save}>Save as CSV<//><${Problem} error=${state.error} />`;
}

/** An entry as a row: when it was sent first, and why nobody knows whether that was accepted. */
const asRow = entry => ({ ...entry, receivedAt: entry.sentAt, outcome: entry.outcome === 'pending' ? 'accepted' : entry.outcome });
const reason = entry => `${entry.cause}, ${entry.sendings > 2 ? `sent ${count(entry.sendings)} times` : entry.sendings > 1 ? 'then sent again' : 'not sent again'}`;

export default function Ambiguous() {
  const loaded = useLoad(signal => page(null, signal), []);
  const [older, setOlder] = useState({ entries: [] });
  const [busy, setBusy] = useState(false);
  const next = older.asked ? older.next : loaded.data?.next;
  const more = async () => {
    setBusy(true);
    try {
      const got = await page(next);
      setOlder({ entries: [...older.entries, ...got.ambiguous], next: got.next, asked: true });
    } finally { setBusy(false); }
  };
  return html`<${Title} lead="Nobody knows whether Listrak accepted the first request with such an event, so the relay sent the event again. Listrak can’t tell a repetition from a new event: a journey may have started twice." side=${html`<${Export} />`}>Possibly delivered twice<//>
    <${Loaded} of=${loaded} what="list of events that were sent twice">${({ ambiguous }) => {
      const entries = merge(ambiguous, older.entries).map(asRow);
      return entries.length
        ? html`<${Card} flush title=${`${next ? 'The newest ' : ''}${plural(entries.length, 'event')}`}><${EventRows} label="Events that may have been delivered twice" events=${entries} reasonOf=${reason} />
            ${next !== undefined && html`<p class="more"><button type="button" class="link" disabled=${busy} onClick=${more}>${busy ? 'Loading…' : 'Load older ones'}</button></p>`}<//>`
        : html`<${Card}><${Empty} title="No event was delivered twice"><p>Every request had a complete answer, and no kill interrupted one. The relay keeps such events for <code>spool.dead-letter-retention</code>.</p><//><//>`;
    }}<//>`;
}
