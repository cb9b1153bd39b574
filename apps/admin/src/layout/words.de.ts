import type { SameKeys } from '../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  workerDown: '<b>Läufe werden nicht ausgeführt.</b> {{message}}',
  skip: 'Zum Inhalt springen',
  home: 'Sluice, Übersicht',
  main: 'Hauptnavigation',
  menu: 'Menü',
  account: 'Konto von {{name}}',
  language: 'Sprache',
  signOut: 'Abmelden',
  light: 'Helle Farben verwenden',
  dark: 'Dunkle Farben verwenden',
  lostTitle: 'Der Server antwortet nicht.',
  lostSince: 'Sie sehen den Stand von {{time}}. Die Seite macht von selbst weiter, sobald der Server wieder da ist.',
  section: { work: 'Arbeit', analyse: 'Analyse', manage: 'Verwaltung', system: 'System' },
  place: {
    overview: 'Übersicht',
    jobs: 'Aufträge',
    runs: 'Läufe',
    attention: 'Zu erledigen',
    comparison: 'Plattformvergleich',
    connections: 'Verbindungen',
    budgets: 'Kontingente',
    access: 'Zugang',
    audit: 'Änderungsprotokoll',
    webhooks: 'Webhooks',
    settings: 'Einstellungen',
  },
};
