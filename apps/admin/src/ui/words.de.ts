import type { SameKeys } from '../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  loading: 'Wird geladen',
  more: 'Mehr anzeigen',
  tryAgain: 'Erneut versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  discardQuestion: 'Ohne Speichern verlassen? Ihre Eingaben gehen verloren.',
  keepEditing: 'Weiter bearbeiten',
  discard: 'Verwerfen',
  keep: 'Abbrechen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  selected: 'Ausgewählt, drücken Sie Strg+C',
  list: '{{label}}, Liste',
  notFound: 'Nicht gefunden',
  mayBeDeleted: 'Möglicherweise gelöscht',
  leadsNowhere: 'Was unter dieser Adresse stand, gibt es nicht, oder Ihr Konto darf es nicht sehen.',
  goToOverview: 'Zur Übersicht',
  failedAction: 'Das hat nicht funktioniert',
  loadingPage: 'Die Seite wird geladen',
  pageFailed: 'Diese Seite konnte nicht angezeigt werden',
  whatHappened: 'Was geschehen ist',
  noSuchPage: 'Diese Seite gibt es nicht',
  justNow: 'gerade eben',
  unit: { d: 'Tg.', h: 'Std.', min: 'Min.', s: 's' },
};
