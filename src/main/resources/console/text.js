// Text from outside, shown as it is: what can't be seen is made visible, what is long is folded. Never markup.
import { html, useState } from './ui.js';
import { count } from './format.js';

// controls but for tab and line feed, marks of direction, zero-width and other invisible characters, lone surrogates
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;
const CHIPS = 400;
const FOLD = 320;

const code = char => 'U+' + char.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');

/** The pieces of a text, its hidden characters as chips; the same one many times over is one chip. */
function visible(text) {
  const pieces = [];
  let from = 0, chips = 0;
  HIDDEN.lastIndex = 0;
  for (let found = HIDDEN.exec(text); found; found = HIDDEN.exec(text)) {
    const char = found[0];
    let end = HIDDEN.lastIndex;
    while (text.startsWith(char, end)) end += char.length;
    if (found.index > from) pieces.push(text.slice(from, found.index));
    const times = (end - found.index) / char.length;
    pieces.push(chips++ < CHIPS
      ? html`<span class="hidden-char" title="an invisible character">⟦${code(char)}${times > 1 ? ` ×${count(times)}` : ''}⟧</span>`
      : '\ufffd');
    from = HIDDEN.lastIndex = end;
  }
  if (from === 0) return text;
  pieces.push(text.slice(from));
  return pieces;
}

/** Cuts between characters, not within one. */
function cut(text, length) {
  const end = /[\ud800-\udbff]/.test(text[length - 1]) ? length - 1 : length;
  return text.slice(0, end);
}

/** @param fold how many characters are shown before "show all"; 0 cuts there for good */
export function Text({ value, fold = FOLD, cutAt }) {
  const [open, setOpen] = useState(false);
  const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
  if (cutAt && text.length > cutAt) return html`<bdi>${visible(cut(text, cutAt))}…</bdi>`;
  if (text.length <= fold + 40) return html`<bdi>${visible(text)}</bdi>`;
  return html`<bdi>${visible(open ? text : cut(text, fold) + '…')}</bdi>${' '}
    <button type="button" class="link" aria-expanded=${open} onClick=${() => setOpen(!open)}>
      ${open ? 'show less' : `show all ${count(text.length)} characters`}</button>`;
}
