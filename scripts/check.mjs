// Everything that can be said about the code without running it; `npm run check`.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { check } from './checks.mjs';
import { stop } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

await check().catch(stop);
