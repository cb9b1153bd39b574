import * as api from './api.de.js';
import * as core from './core.de.js';
import * as fileshare from './fileshare.de.js';
import * as procore from './procore.de.js';
import { translatorOf } from './translator.js';

/** What a text of the server is in German; what is not known stays as it is. */
export const translate = translatorOf([core, fileshare, procore, api]);
