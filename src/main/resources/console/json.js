// JSON as a tree that folds: drawn in portions, so that 2,500 fields and 32 KB texts cost nothing until they are asked for.
import { html, useState } from './ui.js';
import { Text } from './text.js';
import { Copy } from './parts.js';
import { count, plural } from './format.js';
import { isNumber } from './api.js';

const PORTION = 100;
const isTree = value => value !== null && typeof value === 'object' && !isNumber(value);

function Leaf({ value }) {
  if (typeof value === 'string') return html`<span class="j-string">"<${Text} value=${value} />"</span>`;
  if (isNumber(value)) return html`<span class="j-number">${String(value)}</span>`;
  return html`<span class="j-word">${String(value)}</span>`;
}

function Key({ name }) {
  return name === undefined ? null : html`<span class="j-key"><${Text} value=${name} fold=${120} /></span><span class="j-mark">: </span>`;
}

function Branch({ name, value, depth }) {
  const isList = Array.isArray(value);
  const keys = isList ? value : Object.keys(value);
  const [open, setOpen] = useState(depth === 0 || (depth < 5 && keys.length <= 40));
  const [shown, show] = useState(PORTION);
  const [start, end] = isList ? '[]' : '{}';
  if (!keys.length) return html`<div class="j-line"><${Key} name=${name} /><span class="j-mark">${start}${end}</span></div>`;
  const entries = (isList ? value.slice(0, shown).map(item => [undefined, item]) : keys.slice(0, shown).map(key => [key, value[key]]));
  return html`<div class="j-branch">
    <button type="button" class="j-fold" aria-expanded=${open} onClick=${() => setOpen(!open)}>
      <span class="j-arrow" aria-hidden="true"></span><${Key} name=${name === undefined ? undefined : cutName(name)} /><span class="j-mark">${open ? start : `${start}…${end}`}</span>
      <span class="j-count">${isList ? plural(keys.length, 'item') : plural(keys.length, 'field')}</span></button>
    ${open && html`<div class="j-inner">${entries.map(([key, item]) => html`<${Node} name=${key} value=${item} depth=${depth + 1} />`)}
      ${keys.length > shown && html`<button type="button" class="link" onClick=${() => show(shown + 500)}>
        show ${count(Math.min(500, keys.length - shown))} more of ${count(keys.length)}</button>`}</div>
    <div class="j-mark">${end}</div>`}</div>`;
}
// within a button no other button: a long name is cut there
const cutName = name => (name.length > 120 ? name.slice(0, 120) + '…' : name);

function Node({ name, value, depth }) {
  return isTree(value)
    ? html`<${Branch} name=${name} value=${value} depth=${depth} />`
    : html`<div class="j-line"><${Key} name=${name} /><${Leaf} value=${value} /></div>`;
}

export const pretty = value => JSON.stringify(value, null, 2);

export function Json({ value, label = 'JSON', copy = true }) {
  return html`<div class="json-box"><div class="json" role="region" aria-label=${label} tabindex="0" dir="ltr"><${Node} value=${value} depth=${0} /></div>
    ${copy && html`<${Copy} text=${() => pretty(value)}>Copy JSON<//>`}</div>`;
}
