// Preact with hooks, and htm bound to it: what every module draws with.
import { h } from './vendor/preact.js';
import htm from './vendor/htm.js';

export { h, render, Component, Fragment } from './vendor/preact.js';
export { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useId } from './vendor/hooks.js';
export const html = htm.bind(h);
