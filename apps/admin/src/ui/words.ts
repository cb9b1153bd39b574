import { catalogueOf } from '../language/catalogue.js';

export const t = catalogueOf('ui', { en: () => import('./words.en.js'), de: () => import('./words.de.js') });
