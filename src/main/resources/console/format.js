// Numbers, times and the relay's words as a person reads them.
import { html, useState, useEffect } from './ui.js';

const THIN = '\u202f';

export const count = n => String(n).replace(/\B(?=(\d{3})+$)/g, THIN);
export const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;

export function rate(n) {
  if (n === null || n === undefined) return '–';
  if (n >= 100) return count(Math.round(n));
  return n.toFixed(n >= 10 ? 1 : 2).replace(/\.?0+$/, '') || '0';
}

export function bytes(n) {
  if (n === null || n === undefined) return '';
  return n < 1000 ? `${n} B` : n < 1e6 ? `${(n / 1000).toFixed(1)} KB` : `${(n / 1e6).toFixed(1)} MB`;
}

export function millis(n) {
  if (n === null || n === undefined) return '';
  if (n < 1000) return `${Math.round(n)} ms`;
  return lasted(n / 1000);
}

export function lasted(seconds) {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1).replace(/\.0$/, '') : Math.round(seconds)} s`;
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const at = units.findIndex(([size]) => seconds >= size);
  const [size, unit] = units[at], next = units[at + 1];
  const whole = Math.floor(seconds / size), rest = Math.floor((seconds - whole * size) / next[0]);
  return `${whole} ${unit}` + (rest && whole < 10 ? ` ${rest} ${next[1]}` : '');
}

const pad = (n, digits = 2) => String(n).padStart(digits, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function clock(date, withMillis) {
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}` + (withMillis ? '.' + pad(date.getMilliseconds(), 3) : '');
}
export function day(date) {
  const now = new Date();
  const year = date.getFullYear() === now.getFullYear() ? '' : ' ' + date.getFullYear();
  return `${date.getDate()} ${MONTHS[date.getMonth()]}${year}`;
}
const isToday = date => date.toDateString() === new Date().toDateString();
export function when(iso, withMillis) {
  const date = new Date(iso);
  if (isNaN(date)) return String(iso ?? '');
  return (isToday(date) ? '' : day(date) + ', ') + clock(date, withMillis);
}
export function ago(iso, now = Date.now()) {
  const seconds = (now - new Date(iso)) / 1000;
  if (isNaN(seconds)) return '';
  if (seconds < -2) return 'in ' + lasted(-seconds);
  const whole = seconds < 60 ? Math.floor(seconds) : Math.floor(seconds / 60) * 60;
  return seconds < 2 ? 'just now' : lasted(whole) + ' ago';
}

/** A time of day here, with the full time for whoever points at it. */
export function Time({ at, precise }) {
  if (!at) return null;
  return html`<time datetime=${at} title=${at}>${when(at, precise)}</time>`;
}

/** "12 s ago", kept right while it is shown. */
export function Ago({ at }) {
  const [now, tick] = useState(Date.now());
  useEffect(() => {
    const age = Date.now() - new Date(at);
    const timer = setInterval(() => tick(Date.now()), age < 60000 ? 1000 : 15000);
    return () => clearInterval(timer);
  }, [at]);
  if (!at) return null;
  return html`<time datetime=${at} title=${at}>${ago(at, now)}</time>`;
}

/** ISO durations of the settings in words: PT24H, P30D; what is short already stays. */
export function duration(text) {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text || '');
  if (!found) return /^\d+(ms|s|m|h|d)$/.test(text || '') ? text.replace(/(\d+)(\w+)/, '$1 $2') : text;
  const [, d, h, m, s] = found.map(Number);
  return lasted((d || 0) * 86400 + (h || 0) * 3600 + (m || 0) * 60 + (s || 0));
}

/** Texts in a sentence of the relay that are times, made local: "parked since 2026-06-06T12:34:56Z". */
export function localTimes(text) {
  return String(text ?? '').split(/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/).map((part, i) => (i % 2 ? html`<${Time} at=${part} />` : part));
}
