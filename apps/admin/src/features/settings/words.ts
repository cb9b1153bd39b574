import { catalogueOf } from '../../language/catalogue.js';

export const t = catalogueOf('settings', { en: () => import('./words.en.js'), de: () => import('./words.de.js') });
