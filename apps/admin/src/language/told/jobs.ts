import * as core from './jobs/core.de.js';
import * as api from './jobs/api.de.js';
import { shared } from './shared.js';
import { strictTranslatorOf, type Told } from './translator.js';

/** What is told of jobs and scans: findings, classes, and what two platforms make of what one holds. */
export const jobs: readonly Told[] = [shared, core, api];

/** What a text of the server is in German; null for one of which anything may be told elsewhere. */
export const translate = strictTranslatorOf(jobs);
