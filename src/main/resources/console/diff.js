// What differs between two values, path by path.
import { html } from './ui.js';
import { Text } from './text.js';
import { count } from './format.js';

function parsed(value) {
  if (typeof value !== 'string') return value;
  try { return JSON.parse(value); } catch { return value; }
}

function flatten(value, path, out) {
  const seen = parsed(value);
  if (seen !== null && typeof seen === 'object' && Object.keys(seen).length) {
    for (const [key, item] of Object.entries(seen)) flatten(item, Array.isArray(seen) ? `${path}[${key}]` : path ? `${path}.${key}` : key, out);
  } else out.set(path || 'value', typeof seen === 'string' ? seen : JSON.stringify(seen) ?? 'nothing');
  return out;
}

function differences(before, after) {
  const was = flatten(before ?? null, '', new Map()), is = flatten(after ?? null, '', new Map());
  const paths = [...new Set([...was.keys(), ...is.keys()])].filter(path => was.get(path) !== is.get(path));
  return paths.map(path => ({ path, was: was.get(path), is: is.get(path) }));
}

export function Diff({ before, after }) {
  const all = differences(before, after);
  if (!all.length) return html`<p class="quiet small">Nothing in it differs.</p>`;
  return html`<ul class="diff">${all.slice(0, 60).map(({ path, was, is }) => html`<li><code class="diff-path"><${Text} value=${path} fold=${120} /></code>
    ${was !== undefined && html`<del><${Text} value=${was} fold=${160} /></del>`}${is !== undefined && html`<ins><${Text} value=${is} fold=${160} /></ins>`}</li>`)}</ul>
    ${all.length > 60 && html`<p class="quiet small">and ${count(all.length - 60)} more</p>`}`;
}
