// What the API costs, as ratios to plain graphql-js and to graphql-ws as documented in one run on one machine: requests,
// pages, events, and how fast it answers while files are copied. `npm run bench:api -- lists pages` measures these alone.
// Ends with code 1 when a figure is above its bound.
import './api/production.js';
import { measureCopying } from './api/copying.js';
import { measureEvents } from './api/events.js';
import { measureLists } from './api/lists.js';
import { measurePages } from './api/pages.js';
import { measureSlowReaders } from './api/slow-readers.js';
import { measureStatements } from './api/statements.js';
import { measureParts } from './parts.js';

const PARTS = {
  lists: measureLists,
  statements: measureStatements,
  pages: measurePages,
  events: measureEvents,
  'slow-readers': measureSlowReaders,
  copying: measureCopying,
};

process.exitCode = await measureParts(PARTS, process.argv.slice(2));
