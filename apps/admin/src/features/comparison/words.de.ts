import type { SameKeys } from '../../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  title: 'Plattformvergleich',
  loading: 'Die Plattformen werden geladen',
  lead: 'Was von einer Plattform zur anderen mitkommt und was ein Auftrag mit den vorgegebenen Regeln mit dem Übrigen macht.',
  from: 'Von',
  to: 'Nach',
  differences_one: '{{count, number}} Unterschied, den Sie kennen sollten',
  differences_other: '{{count, number}} Unterschiede, die Sie kennen sollten',
  comparison: 'Vergleich',
  onlyDifferences: 'Nur Unterschiede',
  comparing: 'Wird verglichen',
  nothingLost: 'Nichts geht verloren',
  nothingLostWhy: 'Alles, was die Quelle hat, kommt mit.',
  what: 'Was',
  effect: 'Was geschieht',
  verdict: {
    COMPATIBLE: 'Kommt mit',
    LOSSY: 'Verloren oder geändert',
    NOT_APPLICABLE: 'Nichts zu verlieren',
  },
  group: {
    FILE_VERSIONS: 'Versionen',
    AUDIT_TRAIL: 'Zeiten und Verfasser',
    LOCKS: 'Sperren',
    PATH_VALIDATION: 'Namen, Pfade, Größen und Typen',
    PERMISSIONS: 'Konten, Gruppen und Rechte',
    METADATA: 'Metadaten und Schlagwörter',
  },
};
