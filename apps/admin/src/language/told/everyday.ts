import { jobs } from './jobs.js';
import { platforms } from './platforms.js';
import { plans } from './plans.js';
import { runs } from './runs.js';
import { strictTranslatorOf, type Told } from './translator.js';

/** What pages tell in usual work. */
export const everyday: readonly Told[] = [...new Set([...plans, ...runs, ...jobs, ...platforms])];

/** What a text of the server is in German; null for one of which anything may be told seldom. */
export const translate = strictTranslatorOf(everyday);
