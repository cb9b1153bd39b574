// Everything that can be said about the code without running it; `npm run check`.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { inOrder, lint, others, types } from './checks.mjs';
import { stop } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

// The linter takes as long as all others together, and uses one core.
await inOrder([types])
  .then(() => Promise.all([inOrder([lint]), inOrder(others)]))
  .catch(stop);
