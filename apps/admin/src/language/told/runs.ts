import * as core from './runs/core.de.js';
import * as api from './runs/api.de.js';
import { shared } from './shared.js';
import { strictTranslatorOf, type Told } from './translator.js';

/** What is told of runs: what became of items, and how a run goes. */
export const runs: readonly Told[] = [shared, core, api];

/** What a text of the server is in German; null for one of which anything may be told elsewhere. */
export const translate = strictTranslatorOf(runs);
