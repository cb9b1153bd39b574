import * as fileshare from './platforms/fileshare.de.js';
import * as procore from './platforms/procore.de.js';
import * as api from './platforms/api.de.js';
import { shared } from './shared.js';
import { strictTranslatorOf, type Told } from './translator.js';

/** What is told of platforms and connections: forms, states, what they hold. */
export const platforms: readonly Told[] = [shared, fileshare, procore, api];

/** What a text of the server is in German; null for one of which anything may be told elsewhere. */
export const translate = strictTranslatorOf(platforms);
