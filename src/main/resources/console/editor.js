// A text box with line numbers, and mistakes marked at their lines.
import { html, useRef, useLayoutEffect, useState } from './ui.js';
import { Text } from './text.js';

const LINE = 20;
const PAD = 12;

/** @param mistakes [{line, message}] */
export function Editor({ label, value, onChange, mistakes = [], rows = 18, readOnly, placeholder }) {
  const area = useRef();
  const gutter = useRef();
  const marks = useRef();
  const [lines, setLines] = useState(1);
  useLayoutEffect(() => setLines(value.split('\n').length), [value]);
  const follow = () => {
    const shift = `translateY(${-area.current.scrollTop}px)`;
    gutter.current.style.transform = shift;
    marks.current.style.transform = shift;
  };
  const jump = line => {
    const before = value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const end = value.indexOf('\n', before);
    area.current.focus();
    area.current.setSelectionRange(before, end < 0 ? value.length : end);
    area.current.scrollTop = Math.max(0, (line - 4) * LINE);
    follow();
  };
  const placed = mistakes.filter(one => one.line > 0);
  const wrong = new Set(placed.map(one => one.line));
  const id = 'ed-' + label.replace(/\W+/g, '-').toLowerCase();
  return html`<div class="editor-box"><div class=${'editor' + (mistakes.length ? ' wrong' : '')} style=${{ height: `${rows * LINE + 2 * PAD}px` }}>
      <div class="editor-gutter" aria-hidden="true"><div ref=${gutter}>${Array.from({ length: Math.min(lines, 5000) }, (_, i) => html`<span class=${wrong.has(i + 1) ? 'wrong' : ''}>${i + 1}</span>`)}</div></div>
      <div class="editor-paper"><div class="editor-marks" ref=${marks} aria-hidden="true">${[...wrong].map(line => html`<span style=${{ top: `${PAD + (line - 1) * LINE}px` }}></span>`)}</div>
      <textarea ref=${area} id=${id} aria-label=${label} aria-invalid=${mistakes.length > 0} aria-describedby=${id + '-wrong'} spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off" readOnly=${readOnly} placeholder=${placeholder}
        value=${value} onInput=${event => onChange(event.target.value)} onScroll=${follow}></textarea></div></div>
    <ul class="mistakes" id=${id + '-wrong'} aria-live="polite">${mistakes.map(one => html`<li>${one.line > 0 ? html`<button type="button" class="link" onClick=${() => jump(one.line)}>line ${one.line}</button>` : ''} <${Text} value=${one.message} /></li>`)}</ul></div>`;
}
