// The state of the page is its address behind the #, so that every state is a link. It never reaches a server.
import { store } from './store.js';

function parse(hash) {
  const [path, query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const parts = path.split('/').filter(Boolean).map(part => {
    try { return decodeURIComponent(part); } catch { return part; }
  });
  return { view: parts[0] || 'find', parts: parts.slice(1), query: Object.fromEntries(new URLSearchParams(query)) };
}

export const route = store(parse(location.hash));
addEventListener('hashchange', () => route.set(parse(location.hash)));

/** The link to a view: href('event/events/12', {tab: 'sent'}). What is empty is left out. */
export function href(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(given).toString();
  return '#/' + path + (text ? '?' + text : '');
}

export function go(path, query) {
  location.hash = href(path, query);
}

/** Changes the address without a step in the browser's history: for filters and tabs. */
export function replace(path, query) {
  history.replaceState(null, '', href(path, query));
  route.set(parse(location.hash));
}

export const eventHref = (event, query) => href(`event/${encodeURIComponent(event.spool || 'events')}/${event.seq}`, query);
