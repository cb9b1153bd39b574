import { Side, side, inSide, ofSide, fromSide } from '../forms.js';
import type { Texts } from '../translator.js';

/** German of what the engine says of runs and their items. */
export const sentences: Texts = {
  'Nothing is removed at the destination: {1}': '[Im Ziel|In der Quelle] wird nichts entfernt: {1}',
  '{1} items that were copied before are left out by the filters of the job now; they are left at the destination.':
    '{1} früher kopierte Elemente lassen die Filter des Auftrags jetzt aus; sie bleiben [im Ziel|in der Quelle].',
  '{1} items are not seen at the source any more, and nothing proves that they were deleted; they are left at the destination.':
    '{1} Elemente sind [in der Quelle|im Ziel] nicht mehr zu sehen, und nichts beweist, dass sie gelöscht wurden; sie bleiben [im Ziel|in der Quelle].',
  'The source is empty, and all that stands at the destination would be removed: nothing is. Remove it by hand if that is right.':
    '[Die Quelle|Das Ziel] ist leer, und alles [im Ziel|in der Quelle] würde entfernt: Nichts wird entfernt. Entfernen Sie es von Hand, wenn das richtig ist.',
  'It was deleted at the source, and edited at the destination: it is left as it is.':
    'Es wurde [in der Quelle|im Ziel] gelöscht und [im Ziel|in der Quelle] bearbeitet: Es bleibt, wie es ist.',
  'It was deleted at the source, and people of the destination moved it or a folder above it: it is left where it is.':
    'Es wurde [in der Quelle|im Ziel] gelöscht, und Personen haben es oder einen Ordner darüber [im Ziel|in der Quelle] verschoben: Es bleibt, wo es ist.',
  'It was deleted at the source, and holds more at the destination than is removed: it is left as it is.':
    'Er wurde [in der Quelle|im Ziel] gelöscht und enthält [im Ziel|in der Quelle] mehr, als entfernt wird: Er bleibt, wie er ist.',
  'It is deleted for good and cannot be put back.': 'Es wird endgültig gelöscht und kann nicht zurückgeholt werden.',
  'It goes to the recycle bin of the {1}, from where it can be restored.': `Es kommt in den Papierkorb ${ofSide(1)}, aus dem es wiederhergestellt werden kann.`,
  'A full listing was asked for.': 'Eine vollständige Auflistung wurde verlangt.',
  'No complete listing of a finished run is known from which to go on.':
    'Keine vollständige Auflistung eines beendeten Laufs ist bekannt, an die angeknüpft werden könnte.',
  'Another folder stands there than at the last listing.':
    'Dort steht ein anderer Ordner als bei der letzten Auflistung.',
  'The connection, its sign-in or the policies of the job changed since the last listing.':
    'Die Verbindung, ihre Anmeldung oder die Regeln des Auftrags haben sich seit der letzten Auflistung geändert.',
  'The last {1} listings showed changes only.': 'Die letzten {1} Auflistungen zeigten nur Änderungen.',
  'The clock was set back since the last full listing.':
    'Die Uhr wurde seit der letzten vollständigen Auflistung zurückgestellt.',
  'The last full listing is {1} days old or older.': 'Die letzte vollständige Auflistung ist {1} Tage alt oder älter.',
  'Its listing ended without a proof of what it saw.':
    'Die Auflistung endete ohne einen Nachweis dessen, was sie gesehen hat.',
  'Another folder stood there when its listing ended.': 'Am Ende der Auflistung stand dort ein anderer Ordner.',
  'Its listing showed {1} items, and {2} of them arrived.':
    'Die Auflistung zeigte {1} Elemente, und {2} davon kamen an.',
  'The platform counts {1} items, and its listing showed {2} of them.':
    'Die Plattform zählt {1} Elemente, und ihre Auflistung zeigte {2} davon.',
  'The destination cannot remove items.': '[Das Ziel|Die Quelle] kann keine Elemente entfernen.',
  'The source does not tell what was deleted there, and an item that is not seen may only be hidden.':
    '[Die Quelle|Das Ziel] sagt nicht, was dort gelöscht wurde, und ein Element, das nicht zu sehen ist, kann auch nur verborgen sein.',
  'The source is empty and was not before.': '[Die Quelle|Das Ziel] ist leer und war es vorher nicht.',
  '{1} items came after the first listing and are left out.':
    '{1} Elemente kamen nach der ersten Auflistung dazu und werden ausgelassen.',
  'Everything that the first listing showed is migrated: nothing is left to do.':
    'Alles, was die erste Auflistung zeigte, ist migriert: Es bleibt nichts zu tun.',
  'The source could not be listed as a whole, so what is migrated is not fixed yet: what the next whole listing shows is migrated too.':
    'Die Quelle konnte nicht vollständig aufgelistet werden; was migriert wird, steht daher noch nicht fest: Was die nächste vollständige Auflistung zeigt, wird auch migriert.',
  'The folder "/{1}" came from elsewhere, and what it holds is not told.':
    'Der Ordner „/{1}“ kam von anderswo, und was er enthält, wird nicht gesagt.',
  'Two folders have the place "/{1}".': 'Zwei Ordner haben den Platz „/{1}“.',
  'Who may see or change the folder "/{1}" is different now.':
    'Wer den Ordner „/{1}“ sehen oder ändern darf, ist jetzt anders.',
  "At the destination several items have one name in {1} places, such as {2}. Each is kept as it is; what has the kind and the spelling of the source's item is taken for it.":
    '[Im Ziel|In der Quelle] haben an {1} Stellen mehrere Elemente denselben Namen, etwa {2}. Jedes bleibt, wie es ist; was Art und Schreibweise des Elements [der Quelle|des Ziels] hat, gilt als dieses.',
  '{1} {2} of the planned steps need it. {3}': '{1} {2} der geplanten Schritte brauchen das. {3}',
  'The {1} is empty, and {2} items were there before. If that is right, resume the run; else cancel it and look whether the share is mounted and the account sees everything.':
    '{1 source{Die Quelle ist} destination{Das Ziel ist} other{Quelle und Ziel sind}} leer, und vorher waren {2} Elemente da. Wenn das richtig ist, setzen Sie den Lauf fort; brechen Sie ihn sonst ab, und sehen Sie nach, ob das Netzlaufwerk eingebunden ist und das Konto alles sieht.',
  'The folder that was the destination is not there any more.': 'Der Ordner, der das Ziel war, ist nicht mehr da.',
  'Another folder than before stands at the {1}, such as after a restore or where a share is not mounted.':
    '{1 source{In der Quelle} destination{Im Ziel} other{In Quelle und Ziel}} steht ein anderer Ordner als vorher, etwa nach einer Wiederherstellung oder wo ein Netzlaufwerk nicht eingebunden ist.',
  '{1} If that is right, resume the run: it begins a new ledger, and compares everything anew. Else cancel it.':
    '{1} Wenn das richtig ist, setzen Sie den Lauf fort: Er beginnt neu zu merken, was er kennt, und vergleicht alles neu. Brechen Sie ihn sonst ab.',
  'The item at the {1} changed meanwhile; the next run looks again.': `Das Element ${inSide(1)} hat sich inzwischen geändert; der nächste Lauf sieht wieder nach.`,
  'What arrived {1}.': 'Was ankam, {1}.',
  'Retry; if it fails again, look at the file at the {1}.': `Versuchen Sie es erneut; schlägt es wieder fehl, sehen Sie sich die Datei ${inSide(1)} an.`,
  'Its time is not kept: the {1} tells none between the years 1 and 9999.': `Die Zeit bleibt nicht erhalten: ${Side(1)} nennt keine zwischen den Jahren 1 und 9999.`,
  'Its time is not kept: the {1} made it {2}.': `Die Zeit bleibt nicht erhalten: ${Side(1)} machte daraus {2}.`,
  'Change the mapping, or the item at the source.': 'Ändern Sie die Zuordnung oder das Element in der Quelle.',
  'Rename it at the source, or change the policy of the job.':
    'Benennen Sie es in der Quelle um, oder ändern Sie die Regel des Auftrags.',
  'The folder could not be listed at the destination.':
    'Der Ordner konnte [im Ziel|in der Quelle] nicht aufgelistet werden.',
  'Give the account the right to see it.': 'Geben Sie dem Konto das Recht, ihn zu sehen.',
  'The folder is empty.': 'Der Ordner ist leer.',
  'The {1} cannot be written.': `In ${side(1)} kann nicht geschrieben werden.`,
  'A folder stands there that belongs to another one and was not listed at the {1}; the next run looks again.': `Dort steht ein Ordner, der zu einem anderen gehört und ${inSide(1)} nicht aufgelistet wurde; der nächste Lauf sieht wieder nach.`,
  '{1} files could not be read and are compared with none, such as {2}':
    '{1} Dateien konnten nicht gelesen werden und werden mit keiner verglichen, etwa {2}',
  'The {1} cannot delete for good.': `${Side(1)} kann nicht endgültig löschen.`,
  'Let deletions go to the recycle bin.': 'Lassen Sie Gelöschtes in den Papierkorb gehen.',
  'This version does not carry out {1} with these policies.': 'Diese Version führt {1} mit diesen Regeln nicht aus.',
  'Choose another type of transfer.': 'Wählen Sie eine andere Art der Übertragung.',
  'Its folder could not be made or moved at the {1}: {2}': `Der Ordner dafür konnte ${inSide(1)} nicht angelegt oder verschoben werden: {2}`,
  'Its folder could not be made or moved at the {1}.': `Der Ordner dafür konnte ${inSide(1)} nicht angelegt oder verschoben werden.`,
  '"/{1}" at the {2} is a file.': `„/{1}“ ${inSide(2)} ist eine Datei.`,
  'The root of the {1} does not exist.': `Der oberste Ordner ${ofSide(1)} existiert nicht.`,
  'The machine lost its power: {1} brought before are gone or not whole. The next run brings them again.':
    'Der Rechner war ohne Strom: {1}, die vorher übertragen wurden, sind weg oder unvollständig. Der nächste Lauf überträgt sie erneut.',
  'The source cannot be listed.': 'Die Quelle kann nicht aufgelistet werden.',
  'The source folder "/{1}" does not exist.': 'Der Quellordner „/{1}“ existiert nicht.',
  'Choose another folder in the job, or create it.':
    'Wählen Sie im Auftrag einen anderen Ordner, oder legen Sie ihn an.',
  'Run the job again later.': 'Führen Sie den Auftrag später erneut aus.',
  'The {1} does not tell the size of the file yet.': `${Side(1)} nennt die Größe der Datei noch nicht.`,
  'Only its time changed; the content is the same.': 'Nur die Zeit hat sich geändert; der Inhalt ist derselbe.',
  'The {1} cannot rename the other version.': `${Side(1)} kann die andere Version nicht umbenennen.`,
  'the {1} tells none between the years 1 and 9999.': `${side(1)} nennt keine zwischen den Jahren 1 und 9999.`,
  'The time of {1} is not kept; {2}{3}': 'Die Zeit {1} bleibt nicht erhalten; {2}{3}',
  'The file of that version is not there any more.': 'Die Datei dieser Version ist nicht mehr da.',
  'The file gets new versions while they are read.': 'Die Datei bekommt neue Versionen, während sie gelesen werden.',
  'The source has {1} versions of the file and tells of {2}.': 'Die Quelle hat {1} Versionen der Datei und nennt {2}.',
  'The file is longer than the {1} bytes that were listed.':
    'Die Datei ist länger als die {1} Byte, die aufgelistet wurden.',
  'The content ended after {1} of {2} bytes.': 'Der Inhalt endete nach {1} von {2} Byte.',
  'The file changed between two readings.': 'Die Datei hat sich zwischen zwei Lesevorgängen geändert.',
  'What changed since the last listing could not be told: {1}':
    'Was sich seit der letzten Auflistung geändert hat, war nicht zu erfahren: {1}',
  'More than {1} files changed.': 'Mehr als {1} Dateien haben sich geändert.',
  'It showed {1} items, and {2} of them arrived.': 'Sie zeigte {1} Elemente, und {2} davon kamen an.',
  'With it there would be {1} items, and the platform counts {2}.':
    'Damit wären es {1} Elemente, und die Plattform zählt {2}.',
  'Of its files only those that may have changed since the last listing were listed: {1}. The last full listing is of {2}.':
    'Von den Dateien wurden nur die aufgelistet, die sich seit der letzten Auflistung geändert haben können: {1}. Die letzte vollständige Auflistung ist vom {2}.',
  'The platform cannot be listed.': 'Die Plattform kann nicht aufgelistet werden.',
  'Try it again later.': 'Versuchen Sie es später erneut.',
  'The undo of a run looks at everything.': 'Das Rückgängigmachen eines Laufs sieht sich alles an.',
  'The platform does not tell what changed since the last listing.':
    'Die Plattform sagt nicht, was sich seit der letzten Auflistung geändert hat.',
  'The {1} was listed {2}. {3}': `${Side(1)} wurde {2} aufgelistet. {3}`,
  'The {1} folder "/{2}" does not exist.':
    'Der {1 source{Quellordner} destination{Zielordner}} „/{2}“ existiert nicht.',
  'The {1} cannot be listed.': `${Side(1)} kann nicht aufgelistet werden.`,
  '{1} It is not locked at the {2} yet: {3}':
    '{1} {2 source{In der Quelle} destination{Im Ziel}} ist sie noch nicht gesperrt: {3}',
  'It is not at the {1} any more: it vanished after it was listed.': `Es ist nicht mehr ${inSide(1)}: Es verschwand, nachdem es aufgelistet wurde.`,
  'Another item stands at its new place.': 'An der neuen Stelle steht ein anderes Element.',
  'It stays at the source. {1}': 'Es bleibt [in der Quelle|im Ziel]. {1}',
  'It is removed at the source once the destination is proved to hold it.':
    'Es wird [in der Quelle|im Ziel] entfernt, sobald nachgewiesen ist, dass [das Ziel|die Quelle] es hat.',
  'It is removed at the source once everything in it was moved.':
    'Er wird [in der Quelle|im Ziel] entfernt, sobald alles darin verschoben ist.',
  'The group “{1}” could not be made: {2}': 'Die Gruppe „{1}“ konnte nicht angelegt werden: {2}',
  'The trash of the {1} could not be emptied: {2}': `Der Papierkorb ${ofSide(1)} konnte nicht geleert werden: {2}`,
  '{1} files that {2} of long ago removed or replaced are deleted for good from the trash of the {3}.': `{1} Dateien, die vor langer Zeit von {2} entfernt oder ersetzt wurden, werden endgültig aus dem Papierkorb ${ofSide(3)} gelöscht.`,
  'It is being written to all the time: it changed while it was read, and again when it was looked at anew.':
    'Sie wird ständig geschrieben: Sie änderte sich, während sie gelesen wurde, und beim nächsten Hinsehen wieder.',
  'Close the program that writes to it, copy from a snapshot, or let the job run when nobody works with it; the next run tries again.':
    'Schließen Sie das Programm, das sie schreibt, kopieren Sie von einem Schnappschuss, oder lassen Sie den Auftrag laufen, wenn niemand mit ihr arbeitet; der nächste Lauf versucht es wieder.',
  '{1} items in a row failed {2} for the same reason, so the run ended: {3}':
    '{1} Elemente nacheinander sind {2} aus demselben Grund fehlgeschlagen, daher endete der Lauf: {3}',
  'It is left at the {1}: it is not certain that the {2} has it back.': `Es bleibt ${inSide(1)}: Es ist nicht sicher, dass ${side(2)} es zurückhat.`,
  'It is left at the {1}: the {2} is not proved to hold it.': `Es bleibt ${inSide(1)}: Es ist nicht nachgewiesen, dass ${side(2)} es hat.`,
  'It was deleted at the {1}, and changed at the {2} meanwhile: it is left as it is.': `Es wurde ${inSide(1)} gelöscht und inzwischen ${inSide(2)} geändert: Es bleibt, wie es ist.`,
  'It was deleted at the {1}, and holds what is not: it is left as it is.': `Er wurde ${inSide(1)} gelöscht und enthält, was es nicht wurde: Er bleibt, wie er ist.`,
  'It changed at the {1} after it was moved: it is left there, and the next run looks again.': `Es hat sich ${inSide(1)} geändert, nachdem es verschoben wurde: Es bleibt dort, und der nächste Lauf sieht wieder nach.`,
  'It is left at the {1}, because it holds what was not moved.': `Er bleibt ${inSide(1)}, weil er enthält, was nicht verschoben wurde.`,
  'Bring it back by hand, such as from a backup.': 'Holen Sie es von Hand zurück, etwa aus einer Sicherung.',
  'The {1} does not list it.': `${Side(1)} listet es nicht auf.`,
  'It has {1} bytes instead of {2}.': 'Es hat {1} Byte statt {2}.',
  'Start the job again.': 'Starten Sie den Auftrag erneut.',
  ' {1} of its versions that came since are left out.': '{1} seither entstandene Versionen werden ausgelassen.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  ' and the ': 'und',
  'the folder': 'der Ordner',
  '“{1}” in {2}': '„{1}“ in {2 other{#}}',
  'a run': 'einem Lauf',
  '{1} runs': '{1} Läufen',
  '1 item': '1 Element',
  '{1} items': '{1} Elemente',
  'a folder': 'eines Ordners',
  '{1} folders': 'von {1} Ordnern',
  'for example ': 'zum Beispiel',
  'as a whole': 'vollständig',
  'by its changes': 'nach Änderungen',
  'in {1}': 'in {1}',
  'in reading from the {1}': `beim Lesen ${fromSide(1)}`,
  'at the {1}': inSide(1),
  'names up to {1} {2} and paths up to {3} {4}':
    'Namen bis {1} {2 bytes{Byte} characters{Zeichen}} und Pfade bis {3} {4 bytes{Byte} characters{Zeichen}}',
  // What was found of what arrived.
  'has {1} bytes instead of {2}': 'hat {1} Byte statt {2}',
  'has another checksum': 'hat eine andere Prüfsumme',
  'gives other bytes when read back': 'ergibt beim Zurücklesen andere Bytes',
};
