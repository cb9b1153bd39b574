// What the web app weighs, and how it bears a run with very many items and events, in a real browser: `npm run bench:admin`.
// `npm run bench:admin -- weight` measures this alone. Ends with code 1 when a figure is above its bound.
import { measureHour } from './admin/hour.js';
import { measureRunPage } from './admin/run-page.js';
import { measureWeight } from './admin/weight.js';
import { measureParts } from './parts.js';

const PARTS = { weight: measureWeight, 'run-page': measureRunPage, hour: measureHour };

process.exitCode = await measureParts(PARTS, process.argv.slice(2));
