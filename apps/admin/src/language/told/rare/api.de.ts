import type { Texts } from '../translator.js';

/** German of what the API says itself seldom. */
export const sentences: Texts = {
  // access
  'The token is unknown, revoked or at its end.': 'Der Zugangsschlüssel ist unbekannt, widerrufen oder abgelaufen.',
  'The name or the password is wrong.': 'Der Name oder das Kennwort ist falsch.',
  'This key was used with other arguments. Take a new key for a new request.':
    'Dieser Schlüssel wurde mit anderen Angaben verwendet. Nehmen Sie für eine neue Anfrage einen neuen Schlüssel.',
  'A request with this key is not finished yet. Ask again in a moment.':
    'Eine Anfrage mit diesem Schlüssel ist noch nicht beendet. Fragen Sie gleich noch einmal.',
  'A key has 1 to 255 printable characters.': 'Ein Schlüssel hat 1 bis 255 druckbare Zeichen.',
  'A password has {1} characters; a sentence is easy to remember.':
    'Ein Kennwort hat {1} Zeichen; ein Satz lässt sich leicht merken.',
  'This password is among the first that others would guess. Choose another, such as a sentence.':
    'Dieses Kennwort gehört zu den ersten, die andere probieren würden. Wählen Sie ein anderes, etwa einen Satz.',
  'Only a person who is signed in can do this.': 'Das kann nur eine Person, die angemeldet ist.',
  'A person has at most {1} tokens. Revoke one that is no longer needed.':
    'Eine Person hat höchstens {1} Zugangsschlüssel. Widerrufen Sie einen, der nicht mehr gebraucht wird.',
  'after is not the identifier of a token in this list.':
    '„after“ ist nicht die Kennung eines Zugangsschlüssels in dieser Liste.',
  'Give the token at least one right.': 'Geben Sie dem Zugangsschlüssel mindestens ein Recht.',
  'You do not have the right {1} yourself.': 'Sie haben selbst nicht das Recht „{1}“.',
  'The end of the token has to lie in the future.': 'Der Zugangsschlüssel muss in der Zukunft enden.',
  'There were too many tries with a password. Wait {1} and try again.':
    'Zu oft wurde ein Kennwort versucht. Warten Sie {1}, und versuchen Sie es erneut.',
  'after is not the identifier of a user.': '„after“ ist nicht die Kennung eines Benutzers.',
  'Another user has the name {1} at sign-in. Choose another name.':
    'Ein anderer Benutzer meldet sich mit dem Namen {1} an. Wählen Sie einen anderen.',
  'This is not your present password.': 'Das ist nicht Ihr aktuelles Kennwort.',
  'This cannot be removed; leave it out to keep it.':
    'Das lässt sich nicht entfernen; lassen Sie es weg, um es zu behalten.',
  'This role has rights that you lack: {1}.': 'Diese Rolle hat Rechte, die Ihnen fehlen: {1}.',
  'This is the last active administrator. Make another user an administrator first.':
    'Das ist der letzte aktive Administrator. Machen Sie zuerst einen anderen Benutzer zum Administrator.',
  'Your password was changed meanwhile. Try again with the new one.':
    'Ihr Kennwort wurde inzwischen geändert. Versuchen Sie es mit dem neuen.',

  // budgets
  'The reserve is a share from 0 to 0.5.': 'Zurückgehalten werden 0 bis 50 Prozent.',
  'A limit is at least 1 call.': 'Eine Grenze ist mindestens 1 Aufruf.',

  // connections
  'The folder has changed since its first page; begin with the first page again.':
    'Der Ordner hat sich seit der ersten Seite geändert; beginnen Sie wieder mit der ersten.',
  'A path begins with a slash and has no segments "." or "..".':
    'Ein Pfad beginnt mit einem Schrägstrich und hat keine Teile „.“ oder „..“.',
  'Only an administrator who is signed in may choose a folder, not a token. To let others choose, name the folders below which shares may lie in SLUICE_SHARE_ROOTS and start the server again.':
    'Nur ein angemeldeter Administrator darf einen Ordner wählen, kein Zugangsschlüssel. Damit andere wählen dürfen, nennen Sie in SLUICE_SHARE_ROOTS die Ordner, unter denen Netzlaufwerke liegen dürfen, und starten Sie den Server neu.',
  'A connection keeps its platform; create another one instead.':
    'Eine Verbindung behält ihre Plattform; legen Sie stattdessen eine andere an.',
  'A job uses this connection. Change or delete the job first.':
    'Ein Auftrag nutzt diese Verbindung. Ändern oder löschen Sie zuerst den Auftrag.',
  'A code that is copied returns nowhere; leave the address to return to out.':
    'Ein kopierter Code kehrt nirgendwohin zurück; lassen Sie die Rückkehradresse weg.',
  'The address to return to has to be one of this server.':
    'Die Rückkehradresse muss eine Adresse dieses Servers sein.',
  'The sign-in was declined.': 'Die Anmeldung wurde abgelehnt.',
  'The platform did not sign the person in.': 'Die Plattform hat die Person nicht angemeldet.',
  'Give the code that was shown.': 'Geben Sie den angezeigten Code ein.',
  'There is no such sign-in that waits for a code; begin one with copyCode.':
    'Keine solche Anmeldung wartet auf einen Code; beginnen Sie eine mit copyCode.',
  'The platform sent no code.': 'Die Plattform hat keinen Code gesendet.',
  'Nobody signs in to this connection.': 'Bei dieser Verbindung meldet sich niemand an.',
  'The connection was changed during the sign-in. Sign in again.':
    'Die Verbindung wurde während der Anmeldung geändert. Melden Sie sich erneut an.',
  'The connection has no client.': 'Die Verbindung hat keinen Client.',
  'The platform did not answer in time.': 'Die Plattform hat nicht rechtzeitig geantwortet.',
  'Check the address and the network, then test again.':
    'Prüfen Sie die Adresse und das Netz, und prüfen Sie dann die Verbindung erneut.',
  'An identifier of Procore has only digits. The address of the project, as the browser shows it, is understood as well.':
    'Eine Kennung von Procore hat nur Ziffern. Auch die Adresse des Projekts, wie der Browser sie zeigt, wird verstanden.',
  'Give the characters that Procore refuses in names, one after the other, such as ?<>:|\\*/" – signs only, and not _ % . - ( ).':
    'Geben Sie die Zeichen an, die Procore in Namen ablehnt, eines nach dem anderen, etwa ?<>:|\\*/" – nur Sonderzeichen, und nicht _ % . - ( ).',
  'Cloud storage cannot be connected by this version; it offers {1}.':
    'Cloud-Speicher lässt sich mit dieser Version nicht verbinden; sie bietet {1}.',
  'A folder is read with the account that runs the server; leave the domain out.':
    'Ein Ordner wird mit dem Konto gelesen, unter dem der Server läuft; lassen Sie die Domäne weg.',
  'Mount the share on the server and give the folder where it is mounted, such as /mnt/plans.':
    'Binden Sie das Netzlaufwerk auf dem Server ein, und geben Sie den Ordner an, in dem es eingebunden ist, etwa /mnt/plans.',
  'Give an absolute path, such as /srv/plans.': 'Geben Sie einen vollständigen Pfad an, etwa /srv/plans.',
  'Procore knows OAUTH_AUTHORIZATION_CODE and OAUTH_CLIENT_CREDENTIALS.':
    'Procore kennt OAUTH_AUTHORIZATION_CODE und OAUTH_CLIENT_CREDENTIALS.',
  'Choose the company of the project.': 'Wählen Sie die Firma des Projekts.',
  'Give the plain address, such as https://login.procore.com.':
    'Geben Sie die Adresse ohne Zusätze an, etwa https://login.procore.com.',
  'This address {1}.': 'Diese Adresse {1}.',
  'A folder is read with the account that runs the server; leave the credential out.':
    'Ein Ordner wird mit dem Konto gelesen, unter dem der Server läuft; lassen Sie die Zugangsdaten weg.',
  'A Procore connection takes the credential oauthClient.':
    'Eine Procore-Verbindung nimmt die Zugangsdaten oauthClient.',
  'Set clientCredentials to CUSTOM to use a client of your own.':
    'Setzen Sie clientCredentials auf CUSTOM, um einen eigenen Client zu nutzen.',

  // feeds
  'Changes are not told, and are found by the schedule only. {1}':
    'Änderungen werden nicht gemeldet und nur nach Zeitplan gefunden. {1}',
  'The platform tells of no changes.': 'Die Plattform meldet keine Änderungen.',
  'Platforms cannot reach this server: it needs SLUICE_PUBLIC_URL with https.':
    'Plattformen erreichen diesen Server nicht: Er braucht SLUICE_PUBLIC_URL mit https.',
  '{1} does not tell of changes by itself; leave this off, the schedule finds them.':
    '{1} meldet Änderungen nicht von selbst; lassen Sie dies aus, der Zeitplan findet sie.',

  // graphql
  'Sign in or send a token.': 'Melden Sie sich an, oder senden Sie einen Zugangsschlüssel.',
  'This needs the right {1}.': 'Dafür ist das Recht „{1}“ nötig.',
  'Too much was asked this minute; go on in {1} s.':
    'In dieser Minute wurde zu viel abgefragt; weiter geht es in {1} s.',
  '{1} asks a platform: ask for it in a query, not at each event.':
    '{1} fragt eine Plattform: Fragen Sie es in einer Abfrage ab, nicht bei jedem Ereignis.',
  'An operation costs at most {1}. Ask for smaller pages or fewer objects.':
    'Ein Vorgang kostet höchstens {1}. Fragen Sie kleinere Seiten oder weniger Objekte ab.',
  'The cursor is damaged or belongs to another list, filter or order.':
    'Der Cursor ist beschädigt oder gehört zu einer anderen Liste, Filterung oder Reihenfolge.',
  'No document of this hash is known here. Send its text; a request does not make it known.':
    'Zu diesem Hash ist hier kein Dokument bekannt. Senden Sie seinen Text; durch eine Anfrage wird es nicht bekannt.',
  'This server carries out known documents only; any other one needs a token with the right API_FREE.':
    'Dieser Server führt nur bekannte Dokumente aus; jedes andere braucht einen Zugangsschlüssel mit dem Recht API_FREE.',
  'The request has no “query”.': 'Die Anfrage hat kein „query“.',
  'The hash is that of another document than “query”.': 'Der Hash ist der eines anderen Dokuments als „query“.',
  'The server failed on this; its log tells more under the request identifier.':
    'Im Server ist dabei ein Fehler aufgetreten; Näheres steht in seinem Protokoll unter der Kennung der Anfrage.',
  'The store does not answer; try again soon.': 'Die Datenbank antwortet nicht; versuchen Sie es bald erneut.',
  'The operation took too long and was stopped.': 'Der Vorgang dauerte zu lange und wurde beendet.',
  'Give first or last, not both.': 'Geben Sie first oder last an, nicht beide.',
  'A page has 1 to {1} entries.': 'Eine Seite hat 1 bis {1} Einträge.',
  'Name one of the operations of the document.': 'Nennen Sie einen der Vorgänge des Dokuments.',
  'Subscriptions are served by WebSocket at this address.': 'Abonnements gibt es unter dieser Adresse über WebSocket.',
  'Only subscriptions are served here; send others by HTTP.':
    'Hier gibt es nur Abonnements; senden Sie anderes über HTTP.',
  'An answer has at most {1} bytes. Ask for smaller pages or fewer fields.':
    'Eine Antwort hat höchstens {1} Byte. Fragen Sie kleinere Seiten oder weniger Felder ab.',
  'The literal has the wrong kind.': 'Der Wert hat die falsche Art.',

  // jobs
  'Give at most {1} limits.': 'Geben Sie höchstens {1} Grenzen an.',
  'Give the bytes per second of uploads, of downloads, or of both.':
    'Geben Sie die Bytes je Sekunde für Uploads, für Downloads oder für beides an.',
  'Give at least {1} bytes per second.': 'Geben Sie mindestens {1} Byte je Sekunde an.',
  'Give at most {1} mapping sets.': 'Geben Sie höchstens {1} Zuordnungen an.',
  'There is no such mapping set.': 'Diese Zuordnung gibt es nicht.',
  'Name each mapping set once.': 'Nennen Sie jede Zuordnung nur einmal.',
  'A SCAN writes nothing that could be mapped; leave mapping sets out.':
    'Eine Analyse schreibt nichts, was sich zuordnen ließe; lassen Sie Zuordnungen weg.',
  'The set “{1}” translates from {2}, and the source is {3}.':
    'Die Zuordnung „{1}“ gilt von {2}, und die Quelle ist {3}.',
  'The set “{1}” translates to {2}, and the destination is {3}.':
    'Die Zuordnung „{1}“ gilt nach {2}, und das Ziel ist {3}.',
  'The destination {1}, so the mapping set “{2}” writes nothing there.':
    'Das Ziel {1}, daher schreibt die Zuordnung „{2}“ dort nichts.',
  'The locations cannot change while a run is active.': 'Während eines Laufs können sich die Orte nicht ändern.',
  'The job has ended; resume it first.': 'Der Auftrag ist beendet; setzen Sie ihn zuerst fort.',
  'A job with an active run cannot be deleted; cancel the run first.':
    'Ein Auftrag mit einem aktiven Lauf lässt sich nicht löschen; brechen Sie zuerst den Lauf ab.',
  'A path has at most {1} characters.': 'Ein Pfad hat höchstens {1} Zeichen.',
  'A path begins with "/" and counts from the root of the connection.':
    'Ein Pfad beginnt mit „/“ und zählt ab dem obersten Ordner der Verbindung.',
  'A path has no control characters.': 'Ein Pfad hat keine Steuerzeichen.',
  'A path has no "." or ".." in it; write the folder out.':
    'Ein Pfad enthält kein „.“ oder „..“; schreiben Sie den Ordner aus.',
  'The folder “{1}” is no longer there.': 'Den Ordner „{1}“ gibt es nicht mehr.',
  'Choose another one in the job.': 'Wählen Sie im Auftrag einen anderen.',
  'MOVE deletes at the source only what is proved to have arrived; use CHECKSUM or SIZE.':
    '„Verschieben“ löscht in der Quelle nur, was nachweislich angekommen ist; wählen Sie „Gleiche Prüfsummen“ oder „Gleiche Größen“.',
  'SCAN compares files by CHECKSUM, or not at all; use CHECKSUM or NONE.':
    'Eine Analyse vergleicht Dateien an ihren Prüfsummen oder gar nicht; wählen Sie eines davon.',
  'A SCAN that waits for calls goes on by itself and is not carried over; use WAIT.':
    'Eine Analyse, die auf Aufrufe wartet, geht von selbst weiter und wird nicht fortgesetzt; wählen Sie „Auf die nächste Stunde warten“.',
  'Files are read back only to compare checksums; leave this at false, or choose CHECKSUM instead of {1}.':
    'Dateien werden nur zurückgelesen, um Prüfsummen zu vergleichen; lassen Sie es bei „Nein“, oder wählen Sie „Gleiche Prüfsummen“ statt {1 SIZE{„Gleiche Größen“} NONE{„Aussage der Plattform“}}.',
  'With one version no former ones come; leave this at false, or ask for more versions.':
    'Bei einer Version kommen keine früheren mit; lassen Sie es bei „Nein“, oder verlangen Sie mehr Versionen.',
  'With {1} and deletions {2} {3}; leave this at its default, or choose MIRROR.':
    'Mit „{1}“ und bei Löschungen {2} gilt: {3}. Belassen Sie die Voreinstellung, oder lassen Sie den Auftrag Löschungen folgen.',
  '{1}; leave this at {2}.': '{1}; belassen Sie hier {2}.',
  '{1} does not go with {2}; use {3}.': '{1} passt nicht zu „{2}“; wählen Sie {3}.',
  '{1} is not carried out by this version; use {2}.': 'Diese Version führt {1} nicht aus; wählen Sie {2}.',
  'The number of runs must be from 1 to 1,000,000, or null for never.':
    'Die Zahl der Läufe muss 1 bis 1.000.000 sein, oder leer für nie.',
  'Retries must be from 1 to 20.': 'Die Zahl der Versuche muss 1 bis 20 sein.',
  'The largest size must be at least 1 byte.': 'Die größte Größe muss mindestens 1 Byte sein.',
  'The number of versions must be from 1 to 1,000, or null for all.':
    'Die Zahl der Versionen muss 1 bis 1.000 sein, oder leer für alle.',
  'Files in transfer must be from 1 to 64.': 'Gleichzeitig werden 1 bis 64 Dateien übertragen.',
  'Give a share of the hour’s calls from 0.001 to 1.':
    'Geben Sie einen Anteil an den Aufrufen der Stunde von 0,001 bis 1 an.',
  'Give at least 0 items and a share from 0 to 1.': 'Geben Sie mindestens 0 Elemente und einen Anteil von 0 bis 1 an.',
  'The platform has no such folder.': 'Diesen Ordner hat die Plattform nicht.',
  'Give at most {1} labels.': 'Geben Sie höchstens {1} Etiketten an.',

  // live
  'The events after this cursor are no longer kept.': 'Die Ereignisse nach diesem Cursor werden nicht mehr aufbewahrt.',
  'The stream was read too slowly; go on after the cursor.':
    'Der Strom wurde zu langsam gelesen; machen Sie nach dem Cursor weiter.',

  // mappings
  'The text holds half a character; save it as UTF-8.':
    'Der Text enthält ein halbes Zeichen; speichern Sie ihn als UTF-8.',
  'A quote is not closed or stands within a text; write each quote of a text twice, and the text in quotes.':
    'Ein Anführungszeichen ist nicht geschlossen oder steht in einem Text; schreiben Sie jedes Anführungszeichen eines Textes doppelt und den Text in Anführungszeichen.',
  'The first line has to name the columns {1}.': 'Die erste Zeile muss die Spalten {1} nennen.',
  'The row has {1} values instead of {2}.': 'Die Zeile hat {1 1{1 Wert} other{# Werte}} statt {2}.',
  'The value holds a line break or another control character.':
    'Der Wert enthält einen Zeilenumbruch oder ein anderes Steuerzeichen.',
  'Give one of sourceField, fixedValue and template.': 'Geben Sie eines von sourceField, fixedValue und template an.',
  'Write true or false.': 'Schreiben Sie true oder false.',
  'Write translations as from=to;from=to.': 'Schreiben Sie Übersetzungen als von=nach;von=nach.',
  'The import was a dry run.': 'Der Import war nur eine Probe.',
  'A set has at most {1} rules.': 'Eine Zuordnung hat höchstens {1} Regeln.',
  'A set of metadata has rules instead.': 'Eine Zuordnung von Metadaten hat stattdessen Regeln.',
  'The set has no such entry.': 'Diesen Eintrag hat die Zuordnung nicht.',
  'A set has at most {1} entries.': 'Eine Zuordnung hat höchstens {1} Einträge.',
  'Another mapping set is called “{1}”; choose another name.':
    'Eine andere Zuordnung heißt „{1}“; wählen Sie einen anderen Namen.',
  'Another row has the same name at the source; give each name once.':
    'Eine andere Zeile hat denselben Namen der Quelle; geben Sie jeden Namen nur einmal an.',
  'Jobs use this mapping set. Take it out of them first; `jobs(filter: { mappingSetIds })` lists them.':
    'Aufträge nutzen diese Zuordnung. Nehmen Sie sie dort zuerst heraus.',
  'There are at most {1} mapping sets. Delete one that is no longer needed.':
    'Es gibt höchstens {1} Zuordnungen. Löschen Sie eine, die nicht mehr gebraucht wird.',

  // net
  'The address of {1} {2}.': 'Die Adresse von {1} {2}.',

  // plans
  'A SCAN changes nothing that could be undone.': 'Eine Analyse ändert nichts, was rückgängig zu machen wäre.',
  'A SCAN writes nothing, so there is nothing to plan; start a run.':
    'Eine Analyse schreibt nichts, daher gibt es nichts zu planen; starten Sie einen Lauf.',
  'What this run did is remembered no longer, so that nothing can be undone.':
    'Was dieser Lauf tat, ist nicht mehr gespeichert, daher lässt sich nichts rückgängig machen.',
  'The plan is not complete.': 'Der Plan ist nicht vollständig.',
  'The plan is not the one that was seen; look at it again.':
    'Der Plan ist nicht der, den Sie gesehen haben; sehen Sie ihn noch einmal an.',
  'The plan is carried out already.': 'Der Plan ist schon ausgeführt.',
  'A newer plan exists; use that one.': 'Es gibt einen neueren Plan; nehmen Sie diesen.',
  'The plan was rejected.': 'Der Plan wurde abgelehnt.',

  // problems
  'There is no such {1}.': 'Nicht gefunden: {1}.',
  'Someone else changed it: it has version {1} now. Read it again and repeat the change.':
    'Jemand anderes hat es geändert: Es hat jetzt die Version {1}. Laden Sie es neu, und ändern Sie es noch einmal.',

  // reports
  'More than {1} places could not be listed. Check the rights of the accounts, then make it again.':
    'Mehr als {1} Orte ließen sich nicht auflisten. Prüfen Sie die Rechte der Konten, und erstellen Sie den Bericht erneut.',
  'The file changed while both sides were compared.':
    'Die Datei hat sich geändert, während beide Seiten verglichen wurden.',
  'At "/{1}" stands a file instead of a folder.': 'Bei „/{1}“ steht eine Datei statt eines Ordners.',
  'The source folder "{1}" does not exist.': 'Den Ordner „{1}“ der Quelle gibt es nicht.',
  'The mapping set is no longer there.': 'Die Zuordnung gibt es nicht mehr.',
  'The mapping set was changed while the report was made. Make the report again.':
    'Die Zuordnung wurde geändert, während der Bericht entstand. Erstellen Sie ihn erneut.',
  'The account of the connection may not see them.': 'Das Konto der Verbindung darf sie nicht sehen.',
  'There may be more of them.': 'Es können mehr sein.',
  'Conditions are for a report of ITEMS only: leave them out.':
    'Bedingungen gibt es nur für einen Bericht über Elemente: Lassen Sie sie weg.',
  'A report of the kind {1} is one of a {2}.': 'Ein Bericht der Art {1} braucht: {2}.',
  'It tells of people, and needs the scope CONNECTIONS_READ.':
    'Er nennt Personen und braucht das Recht „Verbindungen lesen“.',
  'It is no run of a SCAN: there is no analysis of it.': 'Es ist kein Lauf einer Analyse: Es gibt kein Ergebnis davon.',
  'A SCAN has no destination that could be compared with its source.':
    'Eine Analyse hat kein Ziel, das sich mit der Quelle vergleichen ließe.',
  'It needs the scope AUDIT_READ.': 'Er braucht das Recht „Änderungsprotokoll lesen“.',
  'The end of a span is after its beginning.': 'Das Ende eines Zeitraums liegt nach seinem Anfang.',
  'The data folder has no room left for the report. Make room, and make the report again.':
    'Im Datenordner ist kein Platz mehr für den Bericht. Schaffen Sie Platz, und erstellen Sie ihn erneut.',
  'The process ended {1} times while it made this report.':
    'Der Prozess ist {1}-mal geendet, während er diesen Bericht erstellte.',
  'The report could not be made because of a fault in Sluice; see the log.':
    'Wegen eines Fehlers in Sluice konnte der Bericht nicht erstellt werden; siehe Protokoll.',
  'Another person made this report: who may change jobs can delete it.':
    'Eine andere Person hat diesen Bericht erstellt: Löschen kann ihn, wer Aufträge ändern darf.',
  'There are {1} reports already. Each goes after SLUICE_REPORT_DAYS; ask again later.':
    'Es gibt schon {1} Berichte. Jeder verschwindet nach SLUICE_REPORT_DAYS; versuchen Sie es später.',
  'The destination does not have it.': 'Im Ziel gibt es das nicht.',
  'Nothing of the source in scope belongs there.': 'Nichts Ausgewähltes der Quelle gehört dorthin.',
  'The sizes differ.': 'Die Größen weichen voneinander ab.',
  'The checksums differ.': 'Die Prüfsummen weichen voneinander ab.',
  'A side does not tell its size, and contents are not read.':
    'Eine Seite nennt ihre Größe nicht, und Inhalte werden nicht gelesen.',
  'The run or job of the report does not exist any more.': 'Den Lauf oder Auftrag des Berichts gibt es nicht mehr.',
  'A run is under way. Make the report once it has ended, so that it tells of one moment.':
    'Ein Lauf ist im Gang. Erstellen Sie den Bericht nach seinem Ende, damit er einen einzigen Zeitpunkt zeigt.',
  'A run was carried out while the report was made. Make it again.':
    'Während der Bericht entstand, gab es einen Lauf. Erstellen Sie ihn erneut.',
  'This run has no result of a scan: choose the run of a job of the type SCAN that came to its end.':
    'Dieser Lauf hat kein Ergebnis einer Analyse: Wählen Sie den beendeten Lauf einer Analyse.',
  'Items of this run were removed for their age. SLUICE_ITEM_DAYS and SLUICE_ITEM_RUNS keep them longer.':
    'Elemente dieses Laufs wurden wegen ihres Alters entfernt. SLUICE_ITEM_DAYS und SLUICE_ITEM_RUNS bewahren sie länger.',

  // processes and runner
  'The worker process ends right after each start, so runs wait. The log says why; it is started again every half minute.':
    'Der Arbeitsprozess endet gleich nach jedem Start, daher warten Läufe. Das Protokoll sagt, warum; er wird jede halbe Minute neu gestartet.',
  'The worker process ended {1} times in a row while it worked on this run, and nothing of it was done in between; the log of the server tells how it ended. The run rests so that others go on: resume it once the cause is gone, such as too little memory or a defect that an update mends, or cancel it.':
    'Der Arbeitsprozess endete {1}-mal nacheinander, während er an diesem Lauf arbeitete, und dazwischen wurde nichts davon erledigt; das Protokoll des Servers sagt, wie er endete. Der Lauf ruht, damit andere weitergehen: Setzen Sie ihn fort, sobald die Ursache behoben ist, etwa zu wenig Speicher oder ein Fehler, den ein Update behebt, oder brechen Sie ihn ab.',
  'The worker process ended {1} times in a row while it made this plan; the log of the server tells how it ended. Make a plan again once the cause is gone, such as too little memory or a defect that an update mends.':
    'Der Arbeitsprozess endete {1}-mal nacheinander, während er diesen Plan erstellte; das Protokoll des Servers sagt, wie er endete. Erstellen Sie erneut einen Plan, sobald die Ursache behoben ist, etwa zu wenig Speicher oder ein Fehler, den ein Update behebt.',

  // runs
  'Since the plan was made the item vanished or became equal; nothing is left to do.':
    'Seit der Plan erstellt wurde, ist das Element verschwunden oder gleich geworden; es bleibt nichts zu tun.',
  '{1} more items are flagged.': '{1 1{Ein weiteres Element ist} other{# weitere Elemente sind}} markiert.',
  'Times that further names or values could not be mapped, which are too many to be told one by one.':
    'So oft ließen sich weitere Namen oder Werte nicht zuordnen, die zu viele sind, um sie einzeln zu nennen.',
  'The {1} was deleted.': 'Gelöscht wurde: {1}.',
  'Another process works on it now.': 'Ein anderer Prozess arbeitet jetzt daran.',
  'The job has ended by its stop policy. {1}': 'Der Auftrag ist durch seine Regel zum Beenden beendet. {1}',
  'The job has no flagged item of this kind.': 'Der Auftrag hat kein markiertes Element dieser Art.',
  'A person decided to leave this item out.': 'Eine Person hat entschieden, dieses Element auszulassen.',
  'The job has no flagged item with this identifier.': 'Der Auftrag hat kein markiertes Element mit dieser Kennung.',
  'The job is suspended; resume it first.': 'Der Auftrag ist ausgesetzt; setzen Sie ihn zuerst fort.',
  'The job has ended: {1} Resume it first.': 'Der Auftrag ist beendet: {1} Setzen Sie ihn zuerst fort.',
  'The job has errors; see its issues.': 'Der Auftrag hat Fehler; siehe seine Befunde.',
  'The job has an active run; wait for its end or cancel it.':
    'Der Auftrag hat einen aktiven Lauf; warten Sie dessen Ende ab, oder brechen Sie ihn ab.',
  'The {1} “{2}” needs a sign-in.': 'Für {1 source{die Quelle} destination{das Ziel}} „{2}“ ist eine Anmeldung nötig.',
  'The {1} “{2}” is incomplete: {3}': '{1 source{Die Quelle} destination{Das Ziel}} „{2}“ ist unvollständig: {3}',
  'The job has no mapping sets to apply.': 'Der Auftrag hat keine Zuordnungen, die sich anwenden ließen.',
  'The plan has a run already.': 'Der Plan hat schon einen Lauf.',
  'Approve the plan first.': 'Geben Sie zuerst den Plan frei.',
  'A run in this state cannot be {1}.': 'Ein Lauf in diesem Zustand lässt sich nicht {1}.',
  'The job changed since; make a new plan.': 'Der Auftrag wurde seither geändert; erstellen Sie einen neuen Plan.',
  'The plan is too old; make a new one.': 'Der Plan ist zu alt; erstellen Sie einen neuen.',
  'A SCAN analyses its whole place; choose a smaller folder in the job.':
    'Eine Analyse umfasst ihren ganzen Ort; wählen Sie im Auftrag einen kleineren Ordner.',
  'A SCAN lists everything in each run; start a run.':
    'Eine Analyse listet in jedem Lauf alles auf; starten Sie einen Lauf.',
  'A plan says itself what it is about; leave the paths out.':
    'Ein Plan sagt selbst, worum es geht; lassen Sie die Pfade weg.',
  'Give paths, or none at all for everything.': 'Geben Sie Pfade an, oder gar keine für alles.',
  'The path must lie below the source of the job.': 'Der Pfad muss unterhalb der Quelle des Auftrags liegen.',
  'A later run decided about this item anew.': 'Ein späterer Lauf hat neu über dieses Element entschieden.',
  'The run was canceled before this item was done.': 'Der Lauf wurde abgebrochen, bevor dieses Element erledigt war.',
  'The run ended before its plan was complete.': 'Der Lauf endete, bevor sein Plan vollständig war.',
  'minInterval must be from PT0.25S to PT60S.': 'minInterval muss zwischen PT0.25S und PT60S liegen.',
  'There is no such run.': 'Diesen Lauf gibt es nicht.',

  // server
  'Pages of this origin may not use the API. If people open Sluice at this address, set SLUICE_PUBLIC_URL to it.':
    'Seiten dieser Herkunft dürfen die API nicht nutzen. Wenn Personen Sluice unter dieser Adresse öffnen, setzen Sie SLUICE_PUBLIC_URL darauf.',
  'Answers are application/json or application/graphql-response+json.':
    'Antworten sind application/json oder application/graphql-response+json.',
  'The address of a request has at most 8 KiB.': 'Die Adresse einer Anfrage hat höchstens 8 KiB.',
  'GraphQL is served by GET and POST.': 'GraphQL gibt es über GET und POST.',
  'The operation took too long.': 'Der Vorgang dauerte zu lange.',
  'The client left.': 'Der Client hat die Verbindung beendet.',
  'Only queries are served by GET; send others by POST.':
    'Über GET gibt es nur Abfragen; senden Sie anderes über POST.',
  'This connection {1}; try again in {2} s.': 'Diese Verbindung {1}; versuchen Sie es in {2} s erneut.',

  // texts
  'This must not be empty or blank.': 'Das darf nicht leer sein.',
  'This has at most {1} characters.': 'Das hat höchstens {1} Zeichen.',

  // webhooks
  'Deliveries ended after {1} failed attempts. Read what was missed with changeEvents, and set isActive again.':
    'Die Zustellung endete nach {1} fehlgeschlagenen Versuchen. Lesen Sie das Versäumte mit changeEvents, und schalten Sie den Webhook wieder ein.',
  'A test tells of no event. Send another one with webhookTest.':
    'Ein Test meldet kein Ereignis. Senden Sie einen neuen.',
  'The event of this delivery is no longer kept: it is older than SLUICE_EVENT_DAYS, or a newer one of the same object stands in its place.':
    'Das Ereignis dieser Zustellung wird nicht mehr aufbewahrt: Es ist älter als SLUICE_EVENT_DAYS, oder ein neueres desselben Objekts steht an seiner Stelle.',
  'Name at least one topic.': 'Nennen Sie mindestens ein Thema.',
  'This topic needs the right {1}.': 'Für dieses Thema ist das Recht „{1}“ nötig.',
  'Give an address that begins with https://; SLUICE_ALLOW_PRIVATE_HOSTS=1 allows http:// too.':
    'Geben Sie eine Adresse an, die mit https:// beginnt; SLUICE_ALLOW_PRIVATE_HOSTS=1 erlaubt auch http://.',
  'Give an address without user, password and fragment; messages are signed, which proves that they come from here.':
    'Geben Sie eine Adresse ohne Benutzer, Kennwort und Fragment an; Nachrichten sind signiert, was belegt, dass sie von hier kommen.',
  'There are at most {1} webhooks. Delete one that is no longer needed.':
    'Es gibt höchstens {1} Webhooks. Löschen Sie einen, der nicht mehr gebraucht wird.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // access
  '{1} to {2}': '{1} bis {2}',
  'a second': 'eine Sekunde',
  '{1} seconds': '{1} Sekunden',
  API_FREE: 'Beliebige API-Dokumente senden',
  AUDIT_READ: 'Änderungsprotokoll lesen',
  CONNECTIONS_READ: 'Verbindungen lesen',
  CONNECTIONS_WRITE: 'Verbindungen ändern',
  CREDENTIALS_WRITE: 'Zugangsdaten hinterlegen',
  JOBS_READ: 'Aufträge lesen',
  JOBS_WRITE: 'Aufträge ändern',
  MAPPINGS_READ: 'Zuordnungen lesen',
  MAPPINGS_WRITE: 'Zuordnungen ändern',
  PLANS_APPROVE: 'Pläne freigeben',
  REPORTS_READ: 'Berichte lesen',
  RUNS_CONTROL: 'Läufe steuern',
  TOKENS_MANAGE: 'Zugangsschlüssel verwalten',
  USERS_MANAGE: 'Benutzer verwalten',
  WEBHOOKS_MANAGE: 'Webhooks verwalten',

  // connections
  NETWORK_FILE_SHARE: 'Netzlaufwerk',
  PROCORE: 'Procore',

  // parts of inputs, behind their path
  'is wrong: {1}': 'ist falsch: {1}',
  'is wrong: choose {1}.': 'ist falsch: Wählen Sie {1}.',
  'is wrong: there is no such connection.': 'ist falsch: Diese Verbindung gibt es nicht.',
  'is wrong: the set translates from {1}.': 'ist falsch: Die Zuordnung gilt von {1}.',
  'is wrong: the set translates to {1}.': 'ist falsch: Die Zuordnung gilt nach {1}.',
  'is wrong: the set translates {1}.': 'ist falsch: Die Zuordnung gilt für {1}.',
  'is wrong: ask for 1 to {1} rows.': 'ist falsch: Fragen Sie 1 bis {1} Zeilen ab.',
  'has at most {1} entries.': 'hat höchstens {1} Einträge.',
  'has at most {1} characters.': 'hat höchstens {1} Zeichen.',
  'must not contain control characters{1}.': 'darf{1} keine Steuerzeichen enthalten.',
  ' but line breaks and tabs': 'außer Zeilenumbrüchen und Tabulatoren',
  'stands in place of after; give one of them.': 'steht statt after; geben Sie eines von beiden an.',
  'is a number from 0 to {1}.': 'ist eine Zahl von 0 bis {1}.',
  'is empty: name at least one topic, or leave it out for all.':
    'ist leer: Nennen Sie mindestens ein Thema, oder lassen Sie es für alle weg.',
  'must be from 1 to {1}.': 'muss 1 bis {1} sein.',
  'must be {1}.': 'muss {1} sein.',
  'must be at most 36500 days.': 'darf höchstens 36500 Tage sein.',
  'must be a whole number within ±(2^53 − 1).': 'muss eine ganze Zahl innerhalb von ±(2^53 − 1) sein.',
  'must be a known IANA time zone such as Europe/Berlin.': 'muss eine bekannte IANA-Zeitzone wie Europe/Berlin sein.',
  'must be an absolute http or https address.': 'muss eine vollständige Adresse mit http oder https sein.',
  'an RFC 3339 instant such as 2026-11-21T08:00:00Z, from year 1 to 9999':
    'ein Zeitpunkt nach RFC 3339 wie 2026-11-21T08:00:00Z, vom Jahr 1 bis 9999,',
  'an ISO 8601 duration such as PT15M': 'eine Dauer nach ISO 8601 wie PT15M',
  'a time of day such as 08:30': 'eine Uhrzeit wie 08:30',
  'an IANA time zone such as Europe/Berlin': 'eine IANA-Zeitzone wie Europe/Berlin',
  'an absolute http or https address': 'eine vollständige Adresse mit http oder https',

  // jobs
  COPY: 'Kopieren',
  MIGRATE: 'Migrieren',
  MOVE: 'Verschieben',
  PUBLISH: 'Veröffentlichen',
  SCAN: 'Analyse',
  STRUCTURE: 'Struktur',
  SYNC: 'Abgleichen',
  IGNORE: '„Im Ziel belassen“',
  IGNORE_SOURCE: '„Was in der Quelle gelöscht wurde, im Ziel belassen“',
  IGNORE_DESTINATION: '„Was im Ziel gelöscht wurde, in der Quelle belassen“',
  IGNORE_BOTH: '„Auf der anderen Seite belassen“',
  MIRROR: '„Auf der anderen Seite in den Papierkorb verschieben“',
  'keeps no metadata': 'bewahrt keine Metadaten',
  'keeps no tags': 'bewahrt keine Schlagwörter',
  'STRUCTURE makes folders and transfers no files': '„Struktur“ legt Ordner an und überträgt keine Dateien',
  'MIGRATE leaves what is migrated as it is': '„Migrieren“ lässt Migriertes, wie es ist',
  'PUBLISH makes the destination exactly the source': '„Veröffentlichen“ macht das Ziel genau wie die Quelle',
  'no item is removed': 'kein Element wird entfernt',
  'SCAN writes nothing': 'Eine Analyse schreibt nichts',
  'SCAN reads each file once, and one that cannot be read is equal to none':
    'Eine Analyse liest jede Datei einmal, und eine unlesbare gleicht keiner',
  'With SYNC two different files of one name are a conflict, whenever they are met':
    'Bei „Abgleichen“ sind zwei verschiedene Dateien eines Namens immer ein Konflikt',
  'MOVE removes only what it has moved, which the guard does not count':
    '„Verschieben“ entfernt nur Verschobenes, das der Schutz nicht zählt',
  'MOVE would remove a file before its former versions are proved to have arrived':
    '„Verschieben“ würde eine Datei entfernen, bevor die Ankunft ihrer früheren Versionen nachgewiesen ist',
  'With MIGRATE {1}': 'Für „Migrieren“ gilt: {1}',
  'With STRUCTURE {1}': 'Für „Struktur“ gilt: {1}',
  'SYNC would bring such files back to the source': '„Abgleichen“ brächte solche Dateien zurück in die Quelle',
  'SCAN changes nothing in any run': 'Eine Analyse ändert in keinem Lauf etwas',
  'its default': 'die Voreinstellung',

  // net
  'is not an address': 'ist keine Adresse',
  'belongs to a metadata service': 'gehört einem Metadatendienst',
  'lies on a private network; SLUICE_ALLOW_PRIVATE_HOSTS=1 allows that':
    'liegt in einem privaten Netz; SLUICE_ALLOW_PRIVATE_HOSTS=1 erlaubt das',
  'lies in the range "{1}"': 'liegt im Bereich „{1}“',
  'is not reached by http': 'ist nicht über http zu erreichen',
  'is one of a private network; SLUICE_ALLOW_PRIVATE_HOSTS=1 allows that':
    'gehört zu einem privaten Netz; SLUICE_ALLOW_PRIVATE_HOSTS=1 erlaubt das',

  // things that were not found, deleted or reported on
  budget: 'Kontingent',
  connection: 'Verbindung',
  'delivery of this webhook': 'Zustellung dieses Webhooks',
  job: 'Auftrag',
  'mapping set': 'Zuordnung',
  plan: 'Plan',
  'plan of this job': 'Plan dieses Auftrags',
  platform: 'Plattform',
  report: 'Bericht',
  run: 'Lauf',
  'span of the audit log': 'Zeitraum des Änderungsprotokolls',
  token: 'Zugangsschlüssel',
  user: 'Benutzer',
  webhook: 'Webhook',

  // lists
  ' or a ': ' oder ',

  // runs
  'it does not exist.': 'Es gibt sie nicht.',
  paused: 'anhalten',
  resumed: 'fortsetzen',
  canceled: 'abbrechen',

  // server
  'has at most {1} subscriptions': 'hat höchstens {1} Abonnements',
  'began too many subscriptions': 'hat zu viele Abonnements begonnen',
};
