import { catalogueOf } from '../../language/catalogue.js';

export const t = catalogueOf('budgets', { en: () => import('./words.en.js'), de: () => import('./words.de.js') });
