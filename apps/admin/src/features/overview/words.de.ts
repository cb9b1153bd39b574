import type { SameKeys } from '../../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  title: 'Übersicht',
  loading: 'Die Übersicht wird geladen',
  recentRuns: 'Letzte Läufe',
  allRuns: 'Alle Läufe',
  attention: 'Verbindungen, die etwas brauchen',
  noAttention: 'Keine',
  allPassed: 'Jede Verbindung hat ihre letzte Prüfung bestanden.',
  budgets: 'Kontingente',
  noBudget: 'Noch kein Kontingent',
  noBudgetWhy: 'Plattformen, die Aufrufe zählen, erscheinen hier, sobald eine Verbindung sie genutzt hat.',
  firstSteps: 'Die erste Übertragung einrichten',
  addTwo: 'Zwei Verbindungen hinzufügen',
  addConnection: 'Verbindung hinzufügen',
  addTwoWhy:
    'Den Ordner oder das Netzlaufwerk, aus dem gelesen wird, und das Procore-Projekt, in das geschrieben wird.',
  createJob: 'Einen Auftrag anlegen',
  newJob: 'Neuer Auftrag',
  createJobWhy: 'Er sagt, was von wo nach wo kopiert wird und was in Zweifelsfällen geschieht.',
  lookAndRun: 'Den Plan ansehen, dann ausführen',
  goToJobs: 'Zu den Aufträgen',
  lookAndRunWhy: 'Ein Plan zeigt jeden Schritt und die Aufrufe, die er kostet, bevor etwas geschrieben wird.',
  done: 'Erledigt',
};
