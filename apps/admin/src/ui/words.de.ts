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
};
