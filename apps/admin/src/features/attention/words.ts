import { catalogueOf } from '../../language/catalogue.js';

export const t = catalogueOf('attention', { en: () => import('./words.en.js'), de: () => import('./words.de.js') });
