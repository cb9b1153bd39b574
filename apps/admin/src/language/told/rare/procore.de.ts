import type { Texts } from '../translator.js';

/** German of what the connector of Procore says seldom. */
export const sentences: Texts = {
  // refusals
  'The server answered with status {1} and no explanation.':
    'Der Server hat mit dem Status {1} und ohne Erklärung geantwortet.',
  'The server answered with status {1} and a web page instead of data.':
    'Der Server hat mit dem Status {1} und einer Webseite statt Daten geantwortet.',
  'Procore refused to {1}: {2}': 'Procore hat abgelehnt, {1}: {2}',
  'Procore was asked to {1} and its answer cannot be read.':
    'Procore sollte es übernehmen, {1}, und die Antwort ist nicht zu lesen.',
  'Give the account of the connection the right to do this in the Documents tool of the project.':
    'Geben Sie dem Konto der Verbindung im Werkzeug Dokumente des Projekts das Recht dazu.',
  'Check that it is still there and that the account may see it in the Documents tool of the project.':
    'Prüfen Sie, ob es noch da ist und ob das Konto es im Werkzeug Dokumente des Projekts sehen darf.',
  'Rename or remove the item of that name in Procore.':
    'Benennen Sie das Element dieses Namens in Procore um, oder entfernen Sie es.',
  'The file is checked out.': 'Die Datei ist ausgecheckt.',
  'The file is checked out by {1}.': 'Die Datei ist von {1} ausgecheckt.',
  'The file is checked out until {1}.': 'Die Datei ist bis {1} ausgecheckt.',
  'The file is checked out by {1} until {2}.': 'Die Datei ist von {1} bis {2} ausgecheckt.',
  'Ask {1} to check the file in, or wait until the check-out ends.':
    'Bitten Sie {1}, die Datei einzuchecken, oder warten Sie, bis das Auschecken endet.',
  'Procore does not accept the sign-in any more.': 'Procore nimmt die Anmeldung nicht mehr an.',
  'Sign in with Procore again.': 'Melden Sie sich erneut bei Procore an.',
  'Check client id and client secret of the service account, and that the app is installed in the company.':
    'Prüfen Sie Client-ID und Client-Geheimnis des Dienstkontos und ob die App in der Firma installiert ist.',
  'Procore does not accept the service account.': 'Procore nimmt das Dienstkonto nicht an.',
  'The company does not let the app in: it is not installed there, or may not sign in this way.':
    'Die Firma lässt die App nicht zu: Sie ist dort nicht installiert oder darf sich nicht so anmelden.',
  'Have an administrator of the company install the app in its App Management.':
    'Lassen Sie die App von einem Administrator der Firma in deren App-Verwaltung installieren.',
  'The request was stopped.': 'Die Anfrage wurde beendet.',
  'Procore did not answer.': 'Procore hat nicht geantwortet.',
  'Procore did not answer in time.': 'Procore hat nicht rechtzeitig geantwortet.',
  'Procore answered with an error ({1}).': 'Procore hat mit einem Fehler geantwortet ({1}).',
  'Procore sent nothing for too long.': 'Procore hat zu lange nichts gesendet.',
  'Try again later; check the addresses and the network.':
    'Versuchen Sie es später erneut; prüfen Sie die Adressen und das Netz.',
  'Check the addresses of the connection and the network, and try again later.':
    'Prüfen Sie die Adressen der Verbindung und das Netz, und versuchen Sie es später erneut.',

  // what Procore can hold
  'Procore keeps what is removed in its recycle bin.': 'Procore bewahrt Entferntes in seinem Papierkorb auf.',

  // the form
  'Procore takes redirect addresses with https only, and with http for localhost alone: serve Sluice by https, or open it as http://localhost.':
    'Procore nimmt Rücksprungadressen nur mit https, und mit http allein für localhost: Stellen Sie Sluice über https bereit, oder öffnen Sie es als http://localhost.',

  // signing in and testing
  'Nobody is signed in with Procore.': 'Niemand ist bei Procore angemeldet.',
  'Sign in again.': 'Melden Sie sich erneut an.',
  'Choose the company again.': 'Wählen Sie die Firma erneut.',
  'Choose the project again.': 'Wählen Sie das Projekt erneut.',
  'No company has been chosen.': 'Es ist keine Firma gewählt.',
  'Choose the company of the connection.': 'Wählen Sie die Firma der Verbindung.',
  'No project has been chosen.': 'Es ist kein Projekt gewählt.',
  'Choose the project of the connection.': 'Wählen Sie das Projekt der Verbindung.',
  'A service account works within one company, and none has been given.':
    'Ein Dienstkonto arbeitet in einer Firma, und keine ist angegeben.',
  'Enter the identifier of the company, or paste the address of one of its projects.':
    'Geben Sie die Kennung der Firma ein, oder fügen Sie die Adresse eines ihrer Projekte ein.',
  'The account does not belong to the company.': 'Das Konto gehört nicht zu der Firma.',
  'Choose another company, or sign in with an account of this one.':
    'Wählen Sie eine andere Firma, oder melden Sie sich mit einem Konto dieser Firma an.',
  'The company does not let the app in: it is not installed there.':
    'Die Firma lässt die App nicht zu: Sie ist dort nicht installiert.',
  'Have an administrator of the company install the app in its App Management. Where “Install App” is missing, give the app a data connection component and a version first, or ask Procore to allow custom apps for the company.':
    'Lassen Sie die App von einem Administrator der Firma in deren App-Verwaltung installieren. Fehlt „Install App“, geben Sie der App zuerst eine Komponente für die Datenverbindung und eine Version, oder bitten Sie Procore, für die Firma eigene Apps zuzulassen.',
  'The project does not exist, or the account of the connection may not see it.':
    'Das Projekt gibt es nicht, oder das Konto der Verbindung darf es nicht sehen.',
  'Add the account to the project. For a service account, choose the project among the permitted projects of the app in Procore; updating the app clears that choice.':
    'Fügen Sie das Konto dem Projekt hinzu. Für ein Dienstkonto wählen Sie das Projekt in Procore unter den erlaubten Projekten der App; ein Update der App löscht diese Wahl.',
  'Procore does not name the Documents tool among the tools of the account in this project.':
    'Procore nennt das Werkzeug Dokumente nicht unter den Werkzeugen des Kontos in diesem Projekt.',
  'Switch the Documents tool of the project on.': 'Schalten Sie das Werkzeug Dokumente des Projekts ein.',
  'Switch the Documents tool of the project on and give the account a level there.':
    'Schalten Sie das Werkzeug Dokumente des Projekts ein, und geben Sie dem Konto dort eine Stufe.',
  'The account has no access to the Documents tool.': 'Das Konto hat keinen Zugang zum Werkzeug Dokumente.',
  'Give the account the level Admin in the Documents tool of the project.':
    'Geben Sie dem Konto im Werkzeug Dokumente des Projekts die Stufe Admin.',
  'Check the rights of the account in the Documents tool.': 'Prüfen Sie die Rechte des Kontos im Werkzeug Dokumente.',
  'Give the account the right to write in the Documents tool, or choose another folder.':
    'Geben Sie dem Konto das Recht, im Werkzeug Dokumente zu schreiben, oder wählen Sie einen anderen Ordner.',
  'Set the clock of this machine.': 'Stellen Sie die Uhr dieses Rechners.',
  'The account may not: {1}.': 'Das Konto darf nicht: {1}.',
  'Give the account the level Admin in the Documents tool of the project, or the rights that are missing.':
    'Geben Sie dem Konto im Werkzeug Dokumente des Projekts die Stufe Admin oder die fehlenden Rechte.',
  'The account may not {1} in the Documents tool.': 'Das Konto darf im Werkzeug Dokumente nicht: {1}.',
  'Give the account the level Admin in the Documents tool of the project, or the right that is missing.':
    'Geben Sie dem Konto im Werkzeug Dokumente des Projekts die Stufe Admin oder das fehlende Recht.',
  'The test file “{1}” could be written and not removed.':
    'Die Prüfdatei „{1}“ ließ sich schreiben, aber nicht entfernen.',
  'Give the account the right to delete in the Documents tool, and remove the file by hand.':
    'Geben Sie dem Konto das Recht, im Werkzeug Dokumente zu löschen, und entfernen Sie die Datei von Hand.',
  'The clock of this machine and that of Procore differ by more than five minutes.':
    'Die Uhr dieses Rechners und die von Procore weichen um mehr als fünf Minuten voneinander ab.',
  'Set the clock of this machine, best by NTP.': 'Stellen Sie die Uhr dieses Rechners, am besten über NTP.',
  'The folder to write to does not exist.': 'Den Ordner, in den zu schreiben ist, gibt es nicht.',
  'The address of Procore cannot be used.': 'Die Adresse von Procore ist nicht verwendbar.',
  'Enter an address such as https://login.procore.com.': 'Geben Sie eine Adresse wie https://login.procore.com ein.',
  'The login host of Procore did not revoke: {1}.': 'Der Anmeldeserver von Procore hat nicht widerrufen: {1}.',
  'The login host of Procore did not answer{1}.': 'Der Anmeldeserver von Procore hat nicht geantwortet{1}.',
  'Check the domain of the connection and the network.': 'Prüfen Sie die Domain der Verbindung und das Netz.',
  'The login host of Procore failed: {1}': 'Der Anmeldeserver von Procore meldet einen Fehler: {1}',
  'The state may only hold letters and digits.': 'Der Zustand darf nur Buchstaben und Ziffern enthalten.',
  'Procore does not know this client id and secret.': 'Procore kennt diese Client-ID mit diesem Geheimnis nicht.',
  'Check client id and client secret, and that they belong to this domain.':
    'Prüfen Sie Client-ID und Client-Geheimnis und ob sie zu dieser Domain gehören.',
  'The login host of Procore refused: {1}': 'Der Anmeldeserver von Procore hat abgelehnt: {1}',
  'The sign-in with Procore is no longer valid.': 'Die Anmeldung bei Procore gilt nicht mehr.',

  // listing
  'Procore answered with something else than a list.': 'Procore hat mit etwas anderem als einer Liste geantwortet.',
  'Procore answered with something else than a folder.': 'Procore hat mit etwas anderem als einem Ordner geantwortet.',
  'Procore answered with something else than a list of documents.':
    'Procore hat mit etwas anderem als einer Liste von Dokumenten geantwortet.',
  'Procore does not tell the name of an item.': 'Procore nennt den Namen eines Elements nicht.',
  'Procore does not tell the name of it.': 'Procore nennt den Namen nicht.',
  'Look at the item in Procore and give it a name, then run the job again.':
    'Sehen Sie das Element in Procore an, geben Sie ihm einen Namen, und führen Sie den Auftrag erneut aus.',
  'The folder does not exist in Procore.': 'Den Ordner gibt es in Procore nicht.',
  'Whether a change of tags or custom fields is among them is not certain.':
    'Ob eine Änderung von Schlagwörtern oder benutzerdefinierten Feldern dabei ist, ist nicht sicher.',
  'The time of the last listing cannot be read.': 'Die Zeit der letzten Auflistung ist nicht zu lesen.',
  'Procore did not show all folders.': 'Procore hat nicht alle Ordner gezeigt.',
  'A folder is not where Procore says that it is.': 'Ein Ordner ist nicht, wo er laut Procore ist.',
  'Procore did not show all changes.': 'Procore hat nicht alle Änderungen gezeigt.',
  'Procore listed an item without identifier.': 'Procore hat ein Element ohne Kennung aufgelistet.',
  'Procore shows more than what changed.': 'Procore zeigt mehr, als sich geändert hat.',
  'The folder that holds a file cannot be seen by the account.':
    'Das Konto kann den Ordner nicht sehen, in dem eine Datei liegt.',
  'The folder that holds the item cannot be seen by the account.':
    'Das Konto kann den Ordner nicht sehen, in dem das Element liegt.',
  'Procore does not tell the version of a file.': 'Procore nennt die Version einer Datei nicht.',
  'Procore says that the folder has content and shows none.': 'Laut Procore hat der Ordner Inhalt, zeigt aber keinen.',
  'Give the account the level Admin in the Documents tool of the project, so that it sees private folders too.':
    'Geben Sie dem Konto im Werkzeug Dokumente des Projekts die Stufe Admin, damit es auch private Ordner sieht.',
  'Run the job again later; if it stays so, give the account the level Admin in the Documents tool.':
    'Führen Sie den Auftrag später erneut aus; bleibt es so, geben Sie dem Konto im Werkzeug Dokumente die Stufe Admin.',
  'Procore counts {1} documents and showed {2} of them, also when asked again; some may be missing.':
    'Procore zählt {1} Dokumente und hat {2} davon gezeigt, auch auf Nachfrage; einige fehlen vielleicht.',

  // details of items
  'The account may not see the definitions of the company’s custom fields.':
    'Das Konto darf die benutzerdefinierten Felder der Firma nicht sehen.',
  'Give the account the right to see custom fields of the company; until then values are sent as texts.':
    'Geben Sie dem Konto das Recht, benutzerdefinierte Felder der Firma zu sehen; bis dahin werden Werte als Texte gesendet.',
  'Procore has no custom field “{1}” in this company.':
    'Procore hat in dieser Firma kein benutzerdefiniertes Feld „{1}“.',
  'Choose another field in the mapping.': 'Wählen Sie in der Zuordnung ein anderes Feld.',
  'Procore answered with something else than custom fields.':
    'Procore hat mit etwas anderem als benutzerdefinierten Feldern geantwortet.',
  'The custom field “{1}” {2}.': 'Das benutzerdefinierte Feld „{1}“ {2}.',
  'Change the mapping of the field, or the field in Procore.':
    'Ändern Sie die Zuordnung des Feldes oder das Feld in Procore.',
  'Procore did not show all items with “{1}”.': 'Procore hat nicht alle Elemente mit „{1}“ gezeigt.',
  'Its tags could not be set: {1}': 'Seine Schlagwörter ließen sich nicht setzen: {1}',
  'Procore made it private, as the project does with everything new.':
    'Procore hat es privat gemacht, wie es das Projekt mit allem Neuen tut.',

  // changes that are told
  'Procore does not let the account set up webhooks. {1}': 'Procore lässt das Konto keine Webhooks einrichten. {1}',
  'Give the account the level Standard for “Webhooks API” in the permissions of the project.':
    'Geben Sie dem Konto in den Berechtigungen des Projekts für „Webhooks API“ die Stufe Standard.',
  'Procore made a webhook and did not tell which.': 'Procore hat einen Webhook angelegt und nicht gesagt, welchen.',

  // downloads
  'Procore sent more bytes than the file had when it was listed.':
    'Procore hat mehr Bytes gesendet, als die Datei beim Auflisten hatte.',
  'The file has been removed from Procore.': 'Die Datei wurde aus Procore entfernt.',
  'The file does not exist in Procore any more.': 'Die Datei gibt es in Procore nicht mehr.',
  'Procore has no content for the file yet.': 'Procore hat für die Datei noch keinen Inhalt.',
  'Procore does not give that version of the file any more.': 'Procore gibt diese Version der Datei nicht mehr her.',
  'Procore did not give the file’s bytes (status {1}).':
    'Procore hat die Bytes der Datei nicht geliefert (Status {1}).',
  'Procore did not give the file’s bytes as listed (status {1}).':
    'Procore hat die Bytes der Datei nicht wie aufgelistet geliefert (Status {1}).',
  'The transfer from Procore ended after {1} bytes{2}.': 'Die Übertragung von Procore endete nach {1} Byte{2}.',
  'The transfer from Procore ended after {1} of {2} bytes{3}.':
    'Die Übertragung von Procore endete nach {1} von {2} Byte{3}.',
  'The file has another version than the one listed.': 'Die Datei hat eine andere Version als die aufgelistete.',
  'The link of the file leads on and on.': 'Der Link der Datei führt immer weiter.',
  'The link of the file cannot be used.': 'Der Link der Datei ist nicht verwendbar.',

  // uploads and changes
  'Procore keeps this folder for itself.': 'Diesen Ordner behält Procore für sich.',
  'Procore keeps this item for itself.': 'Dieses Element behält Procore für sich.',
  'Procore created a folder and did not tell which.': 'Procore hat einen Ordner angelegt und nicht gesagt, welchen.',
  'Procore created a file and did not tell which.': 'Procore hat eine Datei angelegt und nicht gesagt, welche.',
  'Procore added a version and did not tell which.': 'Procore hat eine Version hinzugefügt und nicht gesagt, welche.',
  'A file has the name “{1}” in Procore.': 'In Procore heißt eine Datei „{1}“.',
  'Another item has the name “{1}” in Procore.': 'In Procore heißt ein anderes Element „{1}“.',
  'The file has grown while it was read.': 'Die Datei ist beim Lesen gewachsen.',
  'Only {1} of {2} bytes could be read.': 'Nur {1} von {2} Byte ließen sich lesen.',
  'The file has changed while it was read.': 'Die Datei hat sich beim Lesen geändert.',
  'The content could not be read to its end.': 'Der Inhalt ließ sich nicht bis zum Ende lesen.',
  'The folder is not empty in Procore and was not removed.':
    'Der Ordner ist in Procore nicht leer und wurde nicht entfernt.',
  'The file has another version in Procore now and was not removed.':
    'Die Datei hat in Procore jetzt eine andere Version und wurde nicht entfernt.',
  'Procore changed an item and did not tell how it is now.':
    'Procore hat ein Element geändert und nicht gesagt, wie es jetzt ist.',
  'The folder does not exist in Procore any more.': 'Den Ordner gibt es in Procore nicht mehr.',
  'The item is not in Procore any more, or is in its recycle bin.':
    'Das Element ist nicht mehr in Procore oder liegt dort im Papierkorb.',
  'The root folder of a project cannot be changed.': 'Der oberste Ordner eines Projekts lässt sich nicht ändern.',
  'The file to replace is not there any more.': 'Die zu ersetzende Datei ist nicht mehr da.',
  'Procore does not tell what became of an earlier write yet.':
    'Procore sagt noch nicht, was aus einem früheren Schreiben geworden ist.',
  'The file has got another version in the meantime.': 'Die Datei hat inzwischen eine andere Version bekommen.',
  'From the recycle bin, as it was before the run that is undone.':
    'Aus dem Papierkorb, wie es vor dem Lauf war, der rückgängig gemacht wird.',
  'The content from before the run that is undone.': 'Der Inhalt von vor dem Lauf, der rückgängig gemacht wird.',
  'It is not in the recycle bin of Procore any more.': 'Es ist nicht mehr im Papierkorb von Procore.',
  'The file in the recycle bin of Procore has another version now.':
    'Die Datei im Papierkorb von Procore hat jetzt eine andere Version.',
  'Somebody has brought it back from the recycle bin of Procore already.':
    'Jemand hat es schon aus dem Papierkorb von Procore zurückgeholt.',
  'Procore does not give the content of what is in its recycle bin.':
    'Procore gibt nicht her, was in seinem Papierkorb liegt.',
  'Procore cut the upload in parts that do not fit the file.':
    'Procore hat den Upload in Teile zerlegt, die nicht zur Datei passen.',
  'Procore does not accept the segments of the upload.': 'Procore nimmt die Teile des Uploads nicht an.',
  'Procore prepared an upload in a way that is not known.':
    'Procore hat einen Upload auf unbekannte Weise vorbereitet.',
  'The storage of Procore broke the transfer off{1}.': 'Der Speicher von Procore hat die Übertragung abgebrochen{1}.',
  'The storage of Procore refused the bytes: {1}': 'Der Speicher von Procore hat die Bytes abgelehnt: {1}',
  'The former version again: the one after it did not arrive as it was sent.':
    'Wieder die frühere Version: Die danach kam nicht so an, wie sie gesendet wurde.',
  'The file is not in Procore any more.': 'Die Datei ist nicht mehr in Procore.',
  'Procore does not give the content of the former version.': 'Procore gibt den Inhalt der früheren Version nicht her.',
  'Procore does not store files of zero bytes.': 'Procore speichert keine Dateien mit null Bytes.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // what Procore is asked to do
  'say who is signed in': 'zu sagen, wer angemeldet ist',
  'list the companies': 'die Firmen aufzulisten',
  'list the projects': 'die Projekte aufzulisten',
  'show the project': 'das Projekt zu zeigen',
  'show the permissions': 'die Berechtigungen zu zeigen',
  'list the documents': 'die Dokumente aufzulisten',
  'list the folder': 'den Ordner aufzulisten',
  'create the folder': 'den Ordner anzulegen',
  'change the {1}': '{1 file{die Datei} folder{den Ordner}} zu ändern',
  'remove the {1}': '{1 file{die Datei} folder{den Ordner}} zu entfernen',
  'show the file': 'die Datei zu zeigen',
  'create the file': 'die Datei anzulegen',
  'add the version': 'die Version hinzuzufügen',
  'prepare the upload': 'den Upload vorzubereiten',
  'show the upload': 'den Upload zu zeigen',
  'complete the upload': 'den Upload abzuschließen',
  'show the custom fields': 'die benutzerdefinierten Felder zu zeigen',
  'list the custom fields': 'die benutzerdefinierten Felder aufzulisten',
  'list the values of a custom field': 'die Werte eines benutzerdefinierten Feldes aufzulisten',
  'list the tags': 'die Schlagwörter aufzulisten',
  'tag the item': 'das Element mit Schlagwörtern zu versehen',
  'list the users': 'die Benutzer aufzulisten',
  'list the distribution groups': 'die Verteilergruppen aufzulisten',
  'make the distribution group': 'die Verteilergruppe anzulegen',
  'list the webhooks': 'die Webhooks aufzulisten',
  'list what webhooks report': 'aufzulisten, was Webhooks melden',
  'make the webhook': 'den Webhook anzulegen',
  'remove the webhook': 'den Webhook zu entfernen',
  'list what the webhook reports': 'aufzulisten, was der Webhook meldet',
  'say what the webhook reports': 'festzulegen, was der Webhook meldet',

  // what an account may not do
  'create folders and upload files': 'Ordner anlegen und Dateien hochladen',
  'upload new versions': 'neue Versionen hochladen',
  'delete files and folders': 'Dateien und Ordner löschen',
  'move files and folders': 'Dateien und Ordner verschieben',
  'edit descriptions': 'Beschreibungen bearbeiten',
  'see private items of others': 'private Elemente anderer sehen',
  'the holder': 'die Person, die sie ausgecheckt hat',

  // custom fields
  'is set by Procore alone': 'wird nur von Procore gesetzt',
  'takes numbers, and “{1}” is none': 'nimmt Zahlen, und „{1}“ ist keine',
  'takes true or false, and not “{1}”': 'nimmt true oder false, nicht „{1}“',
  'takes dates, and “{1}” is none': 'nimmt Datumsangaben, und „{1}“ ist keine',
  'has no value “{1}”': 'hat keinen Wert „{1}“',

  // items and transfers
  '(no name, id {1})': '(ohne Namen, Kennung {1})',
  '(no identifier)': '(ohne Kennung)',
};
