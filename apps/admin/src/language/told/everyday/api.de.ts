import type { Texts } from '../translator.js';

/** German of what the API says itself in usual work. */
export const sentences: Texts = {
  // connections
  'This installation has no Procore client of its own; its operator gives it one by PROCORE_CLIENT_ID and PROCORE_CLIENT_SECRET.':
    'Diese Installation hat keinen eigenen Procore-Client; ihr Betreiber gibt ihr einen mit PROCORE_CLIENT_ID und PROCORE_CLIENT_SECRET.',
  'With the system default you sign in at {1}.': 'Mit der Systemvorgabe melden Sie sich bei {1} an.',
  'The connection does not exist any more.': 'Die Verbindung gibt es nicht mehr.',
  'This installation’s client is for Procore’s own hosts and those in PROCORE_CLIENT_HOSTS only; use custom client credentials.':
    'Der Client dieser Installation gilt nur für die Server von Procore und die in PROCORE_CLIENT_HOSTS; nutzen Sie einen eigenen Client.',
  'Give the company of the service account: its identifier, or the address of the project as the browser shows it. Procore lists nothing to a service account without it.':
    'Geben Sie die Firma des Dienstkontos an: ihre Kennung oder die Adresse des Projekts, wie der Browser sie zeigt. Ohne sie listet Procore einem Dienstkonto nichts auf.',
  'Give the client ID and the client secret of your app.': 'Geben Sie Client-ID und Client-Geheimnis Ihrer App an.',
  'This installation has no client of its own; choose custom client credentials.':
    'Diese Installation hat keinen eigenen Client; wählen Sie einen eigenen Client.',
  'Sign in with Procore.': 'Melden Sie sich bei Procore an.',
  'Choose {1}.': 'Wählen Sie {1}.',
  'Not tested since the last change.': 'Seit der letzten Änderung nicht geprüft.',
  'The test found a fault.': 'Die Prüfung hat einen Fehler gefunden.',

  // jobs
  'The connection “{1}” needs a sign-in.': 'Für die Verbindung „{1}“ ist eine Anmeldung nötig.',
  'The connection “{1}” is incomplete: {2}': 'Die Verbindung „{1}“ ist unvollständig: {2}',
  'The connection “{1}” could not be looked at: {2}': 'Die Verbindung „{1}“ konnte nicht geprüft werden: {2}',
  'The source has no folder “{1}”.': 'In der Quelle gibt es keinen Ordner „{1}“.',
  '“{1}” is a file; choose a folder.': '„{1}“ ist eine Datei; wählen Sie einen Ordner.',
  'The source cannot be read.': 'Die Quelle lässt sich nicht lesen.',
  'The destination cannot be written.': 'In das Ziel lässt sich nicht schreiben.',
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

  // plans
  'Items are flagged and stay where they are; see their reasons.':
    'Elemente sind markiert und bleiben, wo sie sind; sehen Sie ihre Gründe an.',
  'Content at the destination is replaced by a newer version.':
    'Inhalte im Ziel werden durch eine neuere Version ersetzt.',
  'Names are adapted to what the destination can hold.': 'Namen werden an das angepasst, was das Ziel aufnehmen kann.',
  'Former versions come whose size the source does not tell before they are read: the bytes are at least those of the plan.':
    'Frühere Versionen kommen mit, deren Größe die Quelle erst beim Lesen nennt: Es sind mindestens die Bytes des Plans.',
  'What is replaced is kept in the trash, so that an undo can bring it back: {1} bytes.':
    'Was ersetzt wird, bleibt im Papierkorb, damit es sich zurückholen lässt: {1} Byte.',

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

  // shares
  'An operator allows a folder by naming it, or one above it, in SLUICE_SHARE_ROOTS and starting the server again.':
    'Ein Betreiber erlaubt einen Ordner, indem er ihn oder einen darüber in SLUICE_SHARE_ROOTS nennt und den Server neu startet.',
  'Only an administrator who is signed in may choose it, until SLUICE_SHARE_ROOTS names the folders below which shares may lie.':
    'Nur ein angemeldeter Administrator darf ihn wählen, bis SLUICE_SHARE_ROOTS die Ordner nennt, unter denen Netzlaufwerke liegen dürfen.',
  'It has to lie in {1}.': 'Er muss in {1} liegen.',
  '{1} The files of the demo are in {2}.': '{1} Die Dateien der Demo liegen in {2}.',
  'This folder holds or belongs to the server’s own data or program, or to the system.':
    'Dieser Ordner enthält eigene Daten oder das Programm des Servers, oder er gehört dazu oder zum System.',
  'Choose a folder that neither contains these nor lies in them.':
    'Wählen Sie einen Ordner, der diese weder enthält noch in ihnen liegt.',
  'This folder does not lie in a folder where shares may be: {1}.':
    'Dieser Ordner liegt in keinem Ordner, in dem Netzlaufwerke sein dürfen: {1}.',

  // webhooks
  'Redirects are not followed: give the final address.':
    'Weiterleitungen wird nicht gefolgt: Geben Sie die endgültige Adresse an.',
  'It has to answer with 200 to 299.': 'Er muss mit 200 bis 299 antworten.',
  'The receiver answered with the status {1}. {2}': 'Der Empfänger hat mit dem Status {1} geantwortet. {2}',
  'The receiver did not answer within {1} s.': 'Der Empfänger hat nicht innerhalb von {1} s geantwortet.',
  'The secret was sealed with another SLUICE_SECRET_KEY. Make a new one with webhookSecretRotate.':
    'Das Geheimnis wurde mit einem anderen SLUICE_SECRET_KEY versiegelt. Erneuern Sie es.',
  'The receiver could not be reached. Check the address, and whether something listens there.':
    'Der Empfänger war nicht erreichbar. Prüfen Sie die Adresse, und ob dort etwas Verbindungen annimmt.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // connections
  Connected: 'Verbunden',
  'a company and a project': 'eine Firma und ein Projekt',
  'a project': 'ein Projekt',
};
