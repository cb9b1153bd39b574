import type { Texts } from '../translator.js';

/** German of what the API says itself of jobs, and of what two platforms can hold. */
export const sentences: Texts = {
  'The connection does not exist any more.': 'Die Verbindung gibt es nicht mehr.',
  // jobs
  'The connection “{1}” needs a sign-in.': 'Für die Verbindung „{1}“ ist eine Anmeldung nötig.',
  'The connection “{1}” is incomplete: {2}': 'Die Verbindung „{1}“ ist unvollständig: {2}',
  'The connection “{1}” could not be looked at: {2}': 'Die Verbindung „{1}“ konnte nicht geprüft werden: {2}',
  'The source has no folder “{1}”.': 'In der Quelle gibt es keinen Ordner „{1}“.',
  '“{1}” is a file; choose a folder.': '„{1}“ ist eine Datei; wählen Sie einen Ordner.',
  'The source cannot be read.': 'Die Quelle lässt sich nicht lesen.',
  'The destination cannot be written.': 'In das Ziel kann nicht geschrieben werden.',
  'One location contains the other, so the job would read what it writes; choose separate folders.':
    'Ein Ort enthält den anderen, sodass der Auftrag läse, was er schreibt; wählen Sie getrennte Ordner.',
  '{1} needs it; choose another type of transfer or other places.':
    '„{1}“ braucht das; wählen Sie eine andere Art der Übertragung oder andere Orte.',
  'The {1} keeps what is deleted in its recycle bin and deletes nothing for good. Choose false.':
    '{1 source{Die Quelle} destination{Das Ziel}} bewahrt Gelöschtes im Papierkorb auf und löscht nichts endgültig. Wählen Sie „Nein“.',
  'What the job deletes or replaces at the {1} is gone for good: it cannot be put back.':
    'Was der Auftrag {1 source{in der Quelle} destination{im Ziel}} löscht oder ersetzt, ist endgültig weg: Es lässt sich nicht zurückholen.',
  'The source cannot be written, as {1} does; choose COPY.':
    'In die Quelle lässt sich nicht schreiben, was „{1}“ tut; wählen Sie „Kopieren“.',
  'The source cannot remove items, as {1} does with what it has moved; choose COPY.':
    'In der Quelle lässt sich nichts entfernen, was „{1}“ mit Verschobenem tut; wählen Sie „Kopieren“.',
  'What is deleted at the destination cannot be deleted at the source. Choose IGNORE_DESTINATION.':
    'Was im Ziel gelöscht ist, lässt sich in der Quelle nicht löschen. Wählen Sie „Was im Ziel gelöscht wurde, in der Quelle belassen“.',
  '{1} Choose false.': '{1} Wählen Sie „Nein“.',
  'The destination keeps versions of a file itself; choose false.':
    'Das Ziel bewahrt Versionen einer Datei selbst; wählen Sie „Nein“.',
  'The {1} keeps no versions of a file but the latest.':
    '{1 source{Die Quelle} destination{Das Ziel}} bewahrt von einer Datei nur die neueste Version.',
  'Leave this at null, or choose 1.': 'Lassen Sie dies leer, oder wählen Sie 1.',
  'Leave this at null, choose 1, or choose versionsAsFiles to have former ones as files of their own.':
    'Lassen Sie dies leer, wählen Sie 1, oder wählen Sie „Frühere Versionen werden Dateien“.',
  'The {1} has no locks on files; choose FLAG or SKIP.':
    '{1 source{Die Quelle} destination{Das Ziel}} kennt keine Sperren von Dateien; wählen Sie „Markieren“ oder „Auslassen“.',
  'No groups can be made at the destination; choose false.':
    'Im Ziel lassen sich keine Gruppen anlegen; wählen Sie „Nein“.',
  'The {1} has no private items; choose NONE.':
    '{1 source{Die Quelle} destination{Das Ziel}} kennt keine privaten Elemente; wählen Sie „Wie das Ziel sie anlegt“.',
  'The destination keeps no checksum: arrival is proved by size, unless the job reads every file back.':
    'Das Ziel bewahrt keine Prüfsumme: Die Ankunft wird durch die Größe nachgewiesen, es sei denn, der Auftrag liest jede Datei zurück.',
  'The destination cannot hold empty files; they are left out.':
    'Das Ziel kann keine leeren Dateien aufnehmen; sie werden ausgelassen.',
  'A SCAN has no destination; leave it out.': 'Eine Analyse hat kein Ziel; lassen Sie es weg.',
  'Say where the content goes.': 'Geben Sie an, wohin die Inhalte gehen.',
  'There is no such connection.': 'Diese Verbindung gibt es nicht.',
  'The platform has no folder with this identifier.': 'Die Plattform hat keinen Ordner mit dieser Kennung.',
  'A SCAN changes nothing that could be approved; use NEVER.':
    'Eine Analyse ändert nichts, was freizugeben wäre; wählen Sie „Keinen Lauf“.',
  'Another job is called “{1}”; choose another name.':
    'Ein anderer Auftrag heißt „{1}“; wählen Sie einen anderen Namen.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {};
