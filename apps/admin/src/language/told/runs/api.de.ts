import type { Texts } from '../translator.js';

/** German of what the API says itself of runs and their items. */
export const sentences: Texts = {
  // reports
  'Choose another folder in the job, or create it.':
    'Wählen Sie im Auftrag einen anderen Ordner, oder legen Sie ihn an.',
  // processes and runner
  'An item failed: {1}': 'Ein Element ist fehlgeschlagen: {1}',
  'The calls that the platform allows are used up; the following run takes up the items that are left.':
    'Die Aufrufe, die die Plattform erlaubt, sind verbraucht; der folgende Lauf nimmt die übrigen Elemente auf.',
  'A person has to approve the plan first.': 'Zuerst muss eine Person den Plan freigeben.',
  'A defect in the product ended the run; its log has the details.':
    'Ein Fehler im Produkt hat den Lauf beendet; Näheres steht im Protokoll des Servers.',
  'A defect in the product ended the planning; its log has the details.':
    'Ein Fehler im Produkt hat das Planen beendet; Näheres steht im Protokoll des Servers.',
  'The job was deleted.': 'Der Auftrag wurde gelöscht.',
  '{1} A quarter of an hour of waiting did not help; make a plan again once this has passed.':
    '{1} Eine Viertelstunde zu warten hat nicht geholfen; erstellen Sie erneut einen Plan, sobald das vorbei ist.',
  'The product’s own database is full, busy or out of reach, and a quarter of an hour of waiting did not help; make a plan again once it takes writes again.':
    'Die eigene Datenbank des Produkts ist voll, belegt oder nicht erreichbar, und eine Viertelstunde zu warten hat nicht geholfen; erstellen Sie erneut einen Plan, sobald sie wieder schreibt.',
  'The product’s own database is full, busy or out of reach; the run goes on by itself once it takes writes again.':
    'Die eigene Datenbank des Produkts ist voll, belegt oder nicht erreichbar; der Lauf geht von selbst weiter, sobald sie wieder schreibt.',
  'The calls that the platform allows are used up; the run goes on when there are new ones.':
    'Die Aufrufe, die die Plattform erlaubt, sind verbraucht; der Lauf geht weiter, sobald es neue gibt.',
  'The job may not work at this time; the run goes on by itself when its next window opens.':
    'Der Auftrag darf zu dieser Zeit nicht arbeiten; der Lauf geht von selbst weiter, wenn sein nächstes Zeitfenster beginnt.',
  'The run was stopped.': 'Der Lauf wurde gestoppt.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {};
