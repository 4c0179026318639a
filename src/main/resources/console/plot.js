// Lines over time as SVG: they follow the theme by CSS, leave gaps where the relay did not run, and tell their latest values.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from './ui.js';
import { store } from './store.js';

const HEIGHT = 150, LEFT = 48, RIGHT = 6, TOP = 8, BOTTOM = 22;
const STEPS = [60, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600];

/** The step that is pointed at, in all plots at once. */
const pointed = store(null);

const pad = n => String(n).padStart(2, '0');
export const hour = seconds => { const at = new Date(seconds * 1000); return `${pad(at.getHours())}:${pad(at.getMinutes())}`; };
const isGap = value => value === null || value === undefined;

/** Round numbers from 0 up, three or four; whole ones for what is counted. */
function marksUpTo(high, least) {
  const raw = high / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map(n => n * power).find(n => n >= raw && n >= least) || least;
  const marks = [];
  for (let mark = 0; mark <= high * 1.001; mark += step) marks.push(mark);
  return marks;
}

/** Round times of day, about one for each 80 pixels. */
function timesOf(times, width) {
  const from = times[0], to = times[times.length - 1];
  const step = STEPS.find(each => ((to - from) / each) * 80 <= width) || 43200;
  const zone = new Date(to * 1000).getTimezoneOffset() * 60;
  const marks = [];
  const end = to - ((to - from) * 16) / width;
  for (let mark = Math.ceil((from - zone) / step) * step + zone; mark <= end; mark += step) marks.push(mark);
  return marks;
}

/** Stretches without a gap: [[index, value]…]. */
function stretches(values) {
  const all = [];
  let open = null;
  values.forEach((value, i) => {
    if (isGap(value)) open = null;
    else if (open) open.push([i, value]);
    else all.push(open = [[i, value]]);
  });
  return all;
}

const last = values => { for (let i = values.length - 1; i >= 0; i--) if (!isGap(values[i])) return values[i]; return null; };

function Drawing({ times, lines, format, width }) {
  const high = Math.max(0, ...lines.flatMap(line => line.values.map(value => value || 0)));
  const top = high > 0 ? high * 1.08 : 1;
  const least = lines.every(line => line.values.every(value => Number.isInteger(value ?? 0))) ? 1 : 0;
  const x = i => LEFT + (width - LEFT - RIGHT) * (times.length < 2 ? 0 : i / (times.length - 1));
  const y = value => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const at = time => x((time - times[0]) / (times[1] - times[0] || 1));
  return html`<g class="plot-grid">${marksUpTo(top, least).map(mark => html`<path d=${`M${LEFT} ${y(mark).toFixed(1)}H${width - RIGHT}`} /><text x=${LEFT - 8} y=${y(mark) + 4} text-anchor="end">${mark === 0 ? '0' : format(mark)}</text>`)}
      ${timesOf(times, width - LEFT).map(mark => html`<text x=${at(mark)} y=${HEIGHT - 5} text-anchor="middle">${hour(mark)}</text>`)}</g>
    ${lines.map(line => {
      const parts = stretches(line.values);
      const path = parts.map(points => points.map(([i, value], n) => `${n ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('') + (points.length === 1 ? 'h.01' : '')).join('');
      const area = line.fill && parts.map(points => `M${x(points[0][0]).toFixed(1)} ${y(0)}` + points.map(([i, value]) => `L${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('') + `V${y(0)}Z`).join('');
      return html`<g style=${{ color: `var(${line.color})` }}>${area && html`<path class="plot-area" d=${area} />`}<path class=${'plot-line' + (line.dashed ? ' dashed' : '')} d=${path} /></g>`;
    })}`;
}

function Cursor({ at, times, lines, width }) {
  if (at === null || at >= times.length) return null;
  const x = LEFT + (width - LEFT - RIGHT) * (at / (times.length - 1 || 1));
  return html`<path class="plot-cursor" d=${`M${x.toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}`} />`;
}

/**
 * @param times seconds since 1970, one a step
 * @param lines [{name, values, color: '--accent', fill, dashed}], null where nothing is known
 * @param format a value as text with its unit
 */
export function Plot({ title, times, lines, format }) {
  const place = useRef();
  const [width, setWidth] = useState(0);
  const at = pointed.use();
  useLayoutEffect(() => setWidth(Math.floor(place.current.clientWidth)), []);
  useEffect(() => {
    const sizes = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    sizes.observe(place.current);
    return () => sizes.disconnect();
  }, []);
  const drawing = useMemo(() => width > 0 && html`<${Drawing} times=${times} lines=${lines} format=${format} width=${width} />`, [times, lines, width]);
  const point = event => {
    const box = place.current.getBoundingClientRect();
    const i = Math.round(((event.clientX - box.left - LEFT) / (width - LEFT - RIGHT)) * (times.length - 1));
    pointed.set(i >= 0 && i < times.length ? i : null);
  };
  const shown = line => (at !== null && at < times.length ? line.values[at] : last(line.values));
  const told = lines.map(line => `${line.name} ${last(line.values) === null ? 'none' : format(last(line.values))}`).join(', ');
  return html`<figure class="plot"><figcaption><h3>${title}</h3>
    <span class="legend">${at !== null && at < times.length && html`<span class="quiet">${hour(times[at])}</span>`}${lines.map(line => html`<span><i aria-hidden="true" style=${{ background: `var(${line.color})` }}></i>${line.name} <b>${isGap(shown(line)) ? '–' : format(shown(line))}</b></span>`)}</span></figcaption>
    <div class="plot-place" ref=${place} role="img" aria-label=${`${title}. Latest: ${told}.`} onPointerMove=${point} onPointerLeave=${() => pointed.set(null)}>
      <svg width=${width} height=${HEIGHT} aria-hidden="true">${drawing}<${Cursor} at=${at} times=${times} lines=${lines} width=${width} /></svg></div></figure>`;
}
