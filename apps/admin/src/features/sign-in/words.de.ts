import type { SameKeys } from '../../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  windowTitle: 'Anmelden · Sluice',
  signIn: 'Anmelden',
  enterLogin: 'Geben Sie Ihren Benutzernamen ein.',
  enterPassword: 'Geben Sie Ihr Kennwort ein.',
  hasExpired: 'Ihre Sitzung ist abgelaufen. Nach dem Anmelden sehen Sie dieselbe Seite.',
  login: 'Benutzername',
  password: 'Kennwort',
  showPassword: 'Kennwort anzeigen oder verbergen',
};
