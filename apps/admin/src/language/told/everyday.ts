import * as api from './everyday/api.de.js';
import * as core from './everyday/core.de.js';
import * as fileshare from './everyday/fileshare.de.js';
import * as procore from './everyday/procore.de.js';
import { names } from './names.js';
import { strictTranslatorOf, type Told } from './translator.js';

/** What pages tell in usual work. */
export const everyday: readonly Told[] = [{ sentences: {}, fragments: names }, core, fileshare, procore, api];

/** What a text of the server is in German; null for one of which anything may be told seldom. */
export const translate = strictTranslatorOf(everyday);
