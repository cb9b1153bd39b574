import type { SameKeys } from '../../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  title: 'Kontingente',
  lead: 'Die Aufrufe, die jeder Client bei seiner Plattform machen darf. Alles, was einen Client verwendet, teilt sich sein Kontingent.',
  loading: 'Kontingente werden geladen',
  none: 'Es gibt noch kein Kontingent',
  noneText: 'Plattformen, die Aufrufe zählen, erscheinen hier, sobald eine Verbindung sie verwendet hat.',
  change: 'Grenzen ändern',
  changeOf: 'Grenzen ändern: {{client}}, {{host}}',
  usedBy: 'Verwendet von',
  noConnection: 'Keiner Verbindung',
  now: 'Läufe, die jetzt Aufrufe brauchen',
  nobody: 'Keine',
  needs_one: '{{count, number}} Aufruf nötig',
  needs_other: '{{count, number}} Aufrufe nötig',
  needsUnknown: 'Aufrufe noch nicht bekannt',
  until: 'letzter Aufruf etwa <time>{{moment}}</time>',
  all: 'Alle Läufe zusammen',
};
