import type { Texts } from '../translator.js';

/** German of what the connector of Procore says of platforms and connections. */
export const sentences: Texts = {
  // what Procore can hold
  'Procore sets who wrote an item itself.': 'Wer ein Element geschrieben hat, setzt Procore selbst.',
  'Everything is written by the account of the connection.': 'Alles wird vom Konto der Verbindung geschrieben.',
  'Webhooks tell that something changed, where the account may use them; what changed is found by asking for the changes.':
    'Webhooks melden, dass sich etwas geändert hat, wo das Konto sie nutzen darf; was sich geändert hat, zeigt eine Abfrage der Änderungen.',
  'Procore tells the size of a file only; its content is verified by reading it back.':
    'Procore nennt von einer Datei nur die Größe; ihr Inhalt wird durch Zurücklesen geprüft.',
  'A check-out is honoured, and set with the end that the lock has at the source, by the account of the connection.':
    'Ein Auschecken wird beachtet und mit dem Ende, das die Sperre in der Quelle hat, vom Konto der Verbindung gesetzt.',
  'Distribution groups are read, and made without people by the names that a job maps; who is on a private item’s list cannot be read or written.':
    'Verteilergruppen werden gelesen und unter den Namen, die ein Auftrag zuordnet, ohne Personen angelegt; wer auf der Liste eines privaten Elements steht, lässt sich weder lesen noch schreiben.',
  'The description of a file, and the custom fields of items that the job maps.':
    'Die Beschreibung einer Datei und die benutzerdefinierten Felder von Elementen, die der Auftrag zuordnet.',
  'A check-out always belongs to the account that makes it.': 'Ein Auschecken gehört immer dem Konto, das es vornimmt.',
  'The private flag of files and folders; the people on a private item’s list cannot be read or written.':
    'Ob Dateien und Ordner privat sind; die Personen auf der Liste eines privaten Elements lassen sich weder lesen noch schreiben.',
  'Each tag of an item costs a call.': 'Jedes Schlagwort eines Elements kostet einen Aufruf.',
  'Procore sets times itself; its own are kept on the way out, or those that a job maps from a field.':
    'Procore setzt Zeiten selbst; auf dem Weg hinaus bleiben seine eigenen erhalten oder die, die ein Auftrag aus einem Feld zuordnet.',
  'Procore has none.': 'Procore hat keine.',
  'Each changed content becomes a new version with a note; the first version of a file has none.':
    'Jeder geänderte Inhalt wird eine neue Version mit einer Notiz; die erste Version einer Datei hat keine.',
  // the form
  'The name of the connection; “Procore” if left empty.': 'Der Name der Verbindung; leer: „Procore“.',
  'The app that asks Procore: the one that this installation has, or one of your own.':
    'Die App, die Procore anfragt: die dieser Installation oder eine eigene.',
  'The address where Procore users sign in; any address of Procore from the browser will do.':
    'Die Adresse, unter der sich Benutzer von Procore anmelden; jede Adresse von Procore aus dem Browser genügt.',
  'Only where it cannot be told from the domain.': 'Nur wo sie sich nicht aus der Domain ergibt.',
  'Of the app in the Procore Developer Portal. Register the redirect address to the letter: Procore takes https, and http for localhost only. The app needs a component and a version before a company can install it; where “Install App” is missing there, ask Procore to allow custom apps.':
    'Von der App im Procore Developer Portal. Tragen Sie die Rücksprungadresse dort buchstabengetreu ein: Procore nimmt https, und http nur für localhost. Die App braucht eine Komponente und eine Version, bevor eine Firma sie installieren kann; fehlt dort „Install App“, bitten Sie Procore, eigene Apps zuzulassen.',
  'Its identifier. A service account belongs to one company, and Procore lists nothing without it. The address of the project in the field below can fill it.':
    'Ihre Kennung. Ein Dienstkonto gehört zu einer Firma, und ohne sie listet Procore nichts auf. Die Adresse des Projekts im Feld darunter kann sie ausfüllen.',
  'Its identifier, or the address that the browser shows in the project. Can also be chosen from a list later.':
    'Seine Kennung oder die Adresse, die der Browser im Projekt zeigt. Lässt sich auch später aus einer Liste wählen.',
  'Names with one of them are cleaned before they are written; {1} if left empty. Add the quotation mark where your Procore refuses it, or leave out what it takes.':
    'Namen mit einem davon werden vor dem Schreiben bereinigt; leer: {1}. Nehmen Sie das Anführungszeichen hinzu, wo Ihr Procore es ablehnt, oder lassen Sie weg, was es annimmt.',
  // signing in and testing
  'Sign in with Procore.': 'Melden Sie sich bei Procore an.',
  // details of items
  'Procore made a distribution group and did not tell which.':
    'Procore hat eine Verteilergruppe angelegt und nicht gesagt, welche.',
  'The account may not see the {1} of the project.': 'Das Konto darf vom Projekt dies nicht sehen: {1}.',
  'Give the account the right to read the Directory tool of the project.':
    'Geben Sie dem Konto das Recht, das Werkzeug Verzeichnis des Projekts zu lesen.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // the form
  'Display as': 'Angezeigter Name',
  'Client credentials': 'OAuth-Client',
  Custom: 'Eigener',
  'Sign in as': 'Anmelden als',
  'A person, with “Sign in with Procore”': 'Eine Person, mit „Bei Procore anmelden“',
  'A service account': 'Ein Dienstkonto',
  Domain: 'Domain',
  'API address': 'API-Adresse',
  'Client ID': 'Client-ID',
  'Client secret': 'Client-Geheimnis',
  Company: 'Firma',
  Project: 'Projekt',
  'Characters refused in names': 'In Namen abgelehnte Zeichen',
  // fields of items
  Description: 'Beschreibung',
  Private: 'Privat',
  'Version notes': 'Notizen zur Version',
  Author: 'Verfasser',
  // what an account may not do
  users: 'Benutzer',
  'distribution groups': 'Verteilergruppen',
};
