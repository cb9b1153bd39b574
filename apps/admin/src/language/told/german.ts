import { everyday } from './everyday.js';
import * as api from './rare/api.de.js';
import * as core from './rare/core.de.js';
import * as fileshare from './rare/fileshare.de.js';
import * as procore from './rare/procore.de.js';
import { translatorOf, type Told } from './translator.js';

/** All that the server says. */
export const german: readonly Told[] = [...everyday, core, fileshare, procore, api];

/** What a text of the server is in German; what is not known stays as it is. */
export const translate = translatorOf(german);
