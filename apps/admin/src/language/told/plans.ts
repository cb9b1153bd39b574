import * as api from './plans/api.de.js';
import * as core from './plans/core.de.js';
import { shared } from './shared.js';
import { strictTranslatorOf, type Told } from './translator.js';

/** What is told of plans: what is to become of items, and why. */
export const plans: readonly Told[] = [shared, core, api];

/** What a text of the server is in German; null for one of which anything may be told elsewhere. */
export const translate = strictTranslatorOf(plans);
