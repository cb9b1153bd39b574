import { catalogueOf } from '../../../language/catalogue.js';

/** The words of this room. */
export const t = catalogueOf('jobs/wizard', { en: () => import('./words.en.js'), de: () => import('./words.de.js') });
