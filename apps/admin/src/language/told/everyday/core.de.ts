import { Side, side, inSide, ofSide, fromSide, Item } from '../forms.js';
import type { Texts } from '../translator.js';

/** German of what the engine says in usual work. */
export const sentences: Texts = {
  'The destination takes all that the source can have.': 'Das Ziel nimmt alles auf, was die Quelle haben kann.',
  'The source keeps the newest content of each file only, which comes over.':
    'Die Quelle hat von jeder Datei nur den neuesten Inhalt; er kommt mit.',
  'All versions of a file come over in their order.': 'Alle Versionen einer Datei kommen in ihrer Reihenfolge mit.',
  'Of each file the newest {1} versions come over in their order.':
    'Von jeder Datei kommen die neuesten {1} Versionen in ihrer Reihenfolge mit.',
  'Only the latest version of each file comes over, as the job says.':
    'Nur die neueste Version jeder Datei kommt mit, wie es der Auftrag sagt.',
  'Former versions of a file come over as files of their own beside it, named like “plan (v3).pdf”.':
    'Frühere Versionen einer Datei kommen als eigene Dateien daneben mit, mit Namen wie „plan (v3).pdf“.',
  'The destination keeps no former versions: only the latest of each file comes over.':
    'Das Ziel behält keine früheren Versionen: Von jeder Datei kommt nur die neueste mit.',
  'The source tells no times: files have the time of their transfer.':
    'Die Quelle nennt keine Zeiten: Dateien haben die Zeit ihrer Übertragung.',
  'Files keep the modification time that they have at the source.':
    'Dateien behalten die Änderungszeit, die sie in der Quelle haben.',
  'The destination sets times itself: files have the time of their transfer, and the note of each version that can have one tells the time at the source.':
    'Das Ziel setzt Zeiten selbst: Dateien haben die Zeit ihrer Übertragung, und die Notiz jeder Version, die eine haben kann, nennt die Zeit in der Quelle.',
  'Files have the time of their transfer, as the job says.':
    'Dateien haben die Zeit ihrer Übertragung, wie es der Auftrag sagt.',
  'The source tells no authors: what is written belongs to the account of the destination.':
    'Die Quelle nennt keine Verfasser: Was geschrieben wird, gehört dem Konto des Ziels.',
  'Authors and owners stay behind: what is written belongs to the account of the destination.':
    'Verfasser und Eigentümer kommen nicht mit: Was geschrieben wird, gehört dem Konto des Ziels.',
  'The source locks no files.': 'Die Quelle sperrt keine Dateien.',
  'The destination locks no files: what is locked at the source comes over and is not locked there.':
    'Das Ziel sperrt keine Dateien: Was in der Quelle gesperrt ist, kommt mit und ist dort nicht gesperrt.',
  'A file that somebody has locked at the destination is not replaced; locks of the source follow where the job asks for it.':
    'Eine Datei, die im Ziel jemand gesperrt hat, wird nicht ersetzt; Sperren der Quelle folgen, wo der Auftrag es verlangt.',
  'What is locked at the source is locked at the destination until the lock ends at the source.':
    'Was in der Quelle gesperrt ist, ist im Ziel gesperrt, bis die Sperre in der Quelle endet.',
  'A lock that follows belongs to the account of the destination.':
    'Eine Sperre, die folgt, gehört dem Konto des Ziels.',
  'Who holds a lock stays behind: one that follows belongs to the account of the destination.':
    'Wer eine Sperre hält, kommt nicht mit: Eine, die folgt, gehört dem Konto des Ziels.',
  'The source tells no accounts: nothing names one at the destination.':
    'Die Quelle nennt keine Konten: Im Ziel wird keines genannt.',
  'Accounts stay behind: nothing names one at the destination.':
    'Konten kommen nicht mit: Im Ziel wird keines genannt.',
  'The source tells no groups: none are made at the destination.':
    'Die Quelle nennt keine Gruppen: Im Ziel werden keine angelegt.',
  'Groups stay behind: none are made at the destination.': 'Gruppen kommen nicht mit: Im Ziel werden keine angelegt.',
  'Groups stay behind: none are made at the destination, since the job does not ask for it.':
    'Gruppen kommen nicht mit: Im Ziel werden keine angelegt, da der Auftrag es nicht verlangt.',
  'Groups that the job maps are made at the destination by their names, once, where it lacks them.':
    'Gruppen, die der Auftrag zuordnet, werden im Ziel einmal unter ihren Namen angelegt, wo sie dort fehlen.',
  'The source tells no rights: those of the destination apply.':
    'Die Quelle nennt keine Rechte: Es gelten die des Ziels.',
  'Rights stay behind: those of the destination apply.': 'Rechte kommen nicht mit: Es gelten die des Ziels.',
  'What is private at the source is as the destination makes it, since the job does not keep it.':
    'Was in der Quelle privat ist, ist so, wie das Ziel es anlegt, da der Auftrag es nicht beibehält.',
  'What is private at the source is private at the destination, from the request that makes it; the people who may see it are chosen there.':
    'Was in der Quelle privat ist, ist im Ziel privat, von seinem Anlegen an; wer es sehen darf, wird dort festgelegt.',
  'Everything is read and written by the accounts of the two connections.':
    'Alles wird mit den Konten der beiden Verbindungen gelesen und geschrieben.',
  'Nobody is impersonated: everything is read and written by the accounts of the two connections.':
    'In niemandes Namen wird gehandelt: Alles wird mit den Konten der beiden Verbindungen gelesen und geschrieben.',
  'The source describes no files.': 'Die Quelle hat keine Beschreibungen von Dateien.',
  'The description of a file comes over with it, and follows when it changes.':
    'Die Beschreibung einer Datei kommt mit und folgt, wenn sie sich ändert.',
  'The destination has no place for descriptions: those of the source stay behind.':
    'Das Ziel hat keinen Platz für Beschreibungen: Die der Quelle kommen nicht mit.',
  'The source has no tags.': 'Die Quelle hat keine Schlagwörter.',
  'Tags come over where the job maps them.': 'Schlagwörter kommen mit, wo der Auftrag sie zuordnet.',
  'Tags stay behind.': 'Schlagwörter kommen nicht mit.',
  '{1} of more than {2} do not fit: names are cut before their extension.':
    '{1} mit mehr als {2} passen nicht: Namen werden vor ihrer Endung gekürzt.',
  '{1} of more than {2} do not fit: they are flagged.': '{1} mit mehr als {2} passen nicht: Sie werden markiert.',
  'Files of more than {1} bytes do not fit: they are flagged.':
    'Dateien mit mehr als {1} Byte passen nicht: Sie werden markiert.',
  'Files of more than {1} bytes do not fit: they are left out.':
    'Dateien mit mehr als {1} Byte passen nicht: Sie werden ausgelassen.',
  'Characters that names must not contain ({1}) are replaced by “_”.':
    'Zeichen, die in Namen nicht erlaubt sind ({1}), werden durch „_“ ersetzt.',
  'Characters that names must not contain ({1}) are percent-encoded.':
    'Zeichen, die in Namen nicht erlaubt sind ({1}), werden prozentkodiert.',
  'Items whose names contain one of {1} are flagged.':
    'Elemente, deren Namen eines von {1} enthalten, werden markiert.',
  'Names that the destination keeps for itself ({1}) get a “_”.':
    'Namen, die sich das Ziel vorbehält ({1}), bekommen ein „_“.',
  'Items with names that the destination keeps for itself ({1}) are flagged.':
    'Elemente mit Namen, die sich das Ziel vorbehält ({1}), werden markiert.',
  '{1} What a name has of it is taken off.': '{1} Was ein Name davon hat, wird entfernt.',
  '{1} What a name has of it is percent-encoded.': '{1} Was ein Name davon hat, wird prozentkodiert.',
  '{1} Items with such names are flagged.': '{1} Elemente mit solchen Namen werden markiert.',
  'Files of the types {1} are refused by the destination: they are flagged.':
    'Dateien der Typen {1} lehnt das Ziel ab: Sie werden markiert.',
  'Names that differ only by {1} are one name at the destination: all but the first get a number.':
    'Namen, die sich nur durch {1 case{Groß- und Kleinschreibung} other{#}} unterscheiden, sind im Ziel ein Name: Alle bis auf den ersten bekommen eine Nummer.',
  'Names that differ only by {1} are one name at the destination: all but the first are flagged.':
    'Namen, die sich nur durch {1 case{Groß- und Kleinschreibung} other{#}} unterscheiden, sind im Ziel ein Name: Alle bis auf den ersten werden markiert.',
  'What Windows and macOS keep in folders for themselves, such as Thumbs.db and .DS_Store.':
    'Was Windows und macOS für sich in Ordnern ablegen, wie Thumbs.db und .DS_Store.',
  'What programs keep beside an open file or during a download, such as ~$*, *.tmp and *.part.':
    'Was Programme neben einer offenen Datei oder während eines Downloads ablegen, wie ~$*, *.tmp und *.part.',
  'It ends after {1}.': 'Er endet nach {1}.',
  'It ends after {1}{2} that changed nothing.': 'Er endet nach {1}{2}, die nichts geändert haben.',
  'Nothing at the destination was found for the {1} “{2}”.':
    'Im Ziel wurde nichts für {1 account{das Konto} group{die Gruppe} tag{das Schlagwort}} „{2}“ gefunden.',
  'The value for “{1}” {2}.': 'Der Wert für „{1}“ {2}.',
  'No field at the destination belongs to the field “{1}”.': 'Zum Feld „{1}“ gehört kein Feld im Ziel.',
  'The required field “{1}” has no value.': 'Das Pflichtfeld „{1}“ hat keinen Wert.',
  'The destination fills the field “{1}” itself.': 'Das Ziel füllt das Feld „{1}“ selbst.',
  'The destination has no field “{1}”.': 'Das Ziel hat kein Feld „{1}“.',
  'The destination refuses files of type .{1}.': '[Das Ziel|Die Quelle] lehnt Dateien vom Typ .{1} ab.',
  'The destination cannot hold the name "{1}".': '[Das Ziel|Die Quelle] kann den Namen „{1}“ nicht aufnehmen.',
  'The name "{1}" is too long in its place; the destination holds {2}.':
    'Der Name „{1}“ ist an seiner Stelle zu lang; [das Ziel|die Quelle] nimmt {2} auf.',
  '"{1}" would get the name "{2}", which another item of the same folder has.':
    '„{1}“ bekäme den Namen „{2}“, den ein anderes Element desselben Ordners hat.',
  'Both sides changed; the source wins.': 'Beide Seiten haben sich geändert; [die Quelle|das Ziel] gewinnt.',
  'Both sides changed; the destination wins.': 'Beide Seiten haben sich geändert; [das Ziel|die Quelle] gewinnt.',
  'Both sides changed.': 'Beide Seiten haben sich geändert.',
  'Decide which one is right.': 'Entscheiden Sie, welche richtig ist.',
  'Both sides changed; the source is newer and wins.':
    'Beide Seiten haben sich geändert; [die Quelle|das Ziel] ist neuer und gewinnt.',
  'Both sides changed; the destination is newer and wins.':
    'Beide Seiten haben sich geändert; [das Ziel|die Quelle] ist neuer und gewinnt.',
  'Both sides changed; the older one is added under a name with the time.':
    'Beide Seiten haben sich geändert; die ältere Datei kommt unter einem Namen mit der Zeit dazu.',
  'Both sides changed; the older one at the destination gets a name with the time.':
    'Beide Seiten haben sich geändert; die ältere Datei [im Ziel|in der Quelle] bekommt einen Namen mit der Zeit.',
  'It is locked at the source, and is locked at the destination until {1}.':
    'Sie ist [in der Quelle|im Ziel] gesperrt und wird [im Ziel|in der Quelle] bis {1} gesperrt.',
  'The file has {1} bytes, more than the {2} that are allowed.': 'Die Datei hat {1} Byte, mehr als die erlaubten {2}.',
  'The file is empty.': 'Die Datei ist leer.',
  'Fill it, exclude it or change the policy for empty files.':
    'Füllen Sie sie, schließen Sie sie aus oder ändern Sie die Regel für leere Dateien.',
  'The file is empty and the destination cannot hold empty files.':
    'Die Datei ist leer, und [das Ziel|die Quelle] kann keine leeren Dateien aufnehmen.',
  'Raise the limit or leave the file out.': 'Erhöhen Sie die Grenze, oder lassen Sie die Datei aus.',
  'The file at the destination is read only.': 'Die Datei [im Ziel|in der Quelle] ist schreibgeschützt.',
  'Make it writable or choose another folder.': 'Machen Sie sie schreibbar, oder wählen Sie einen anderen Ordner.',
  '{1} has locked {2} at the destination{3}.': '{1} hat {2} [im Ziel|in der Quelle]{3} gesperrt.',
  'Have it checked in, then retry.': 'Lassen Sie sie einchecken, und versuchen Sie es dann erneut.',
  'A folder of that name stands at the destination. The file is kept under a name with the time, and comes over with the next run.':
    '[Im Ziel|In der Quelle] steht ein Ordner dieses Namens. Die Datei wird unter einem Namen mit der Zeit behalten und kommt mit dem nächsten Lauf mit.',
  'A {1} of that name stands at the destination.':
    '[Im Ziel|In der Quelle] steht {1 file{eine Datei} folder{ein Ordner}} dieses Namens.',
  'Rename one of them.': 'Benennen Sie eines der beiden um.',
  '{1} is {2}.': '{1} {2 new{ist neu} other{#}}.',
  'The file changed at the source.': 'Die Datei hat sich [in der Quelle|im Ziel] geändert.',
  "It was edited at the destination; the source's content is put back.":
    'Sie wurde [im Ziel|in der Quelle] bearbeitet; der Inhalt [der Quelle|des Ziels] wird wiederhergestellt.',
  'The {1} changed after it was migrated, and is left as it was then.': `${Item(1)} hat sich nach der Migration geändert und bleibt wie damals.`,
  'The {1} came after the first listing, which fixed what is migrated.': `${Item(1)} kam nach der ersten Auflistung dazu, die festlegt, was migriert wird.`,
  'Compare the two, and remove one of them by hand.':
    'Vergleichen Sie die beiden, und entfernen Sie eine davon von Hand.',
  'The file at the destination holds something else than the one at the source, which is left there.':
    'Die Datei [im Ziel|in der Quelle] enthält etwas anderes als die [in der Quelle|im Ziel], die dort bleibt.',
  'Both sides changed to the same content.': 'Beide Seiten haben sich zum selben Inhalt geändert.',
  "Both sides changed; the source's content takes the place of the destination's.":
    'Beide Seiten haben sich geändert; der Inhalt [der Quelle ersetzt den des Ziels|des Ziels ersetzt den der Quelle].',
  'A different file of that name is replaced.': 'Eine andere Datei dieses Namens wird ersetzt.',
  'Only its version or time changed; the content is the same.':
    'Nur Version oder Zeit haben sich geändert; der Inhalt ist derselbe.',
  'The folder that stands in its place now is used from now on.':
    'Der Ordner, der jetzt an seiner Stelle steht, wird von nun an verwendet.',
  'An equal file is there already.': 'Eine gleiche Datei ist schon da.',
  'The folder is there already.': 'Der Ordner ist schon da.',
  'The file was edited at the destination and is left as it is.':
    'Die Datei wurde [im Ziel|in der Quelle] bearbeitet und bleibt, wie sie ist.',
  'The file was replaced by another one at the destination, which is left as it is.':
    'Die Datei wurde [im Ziel|in der Quelle] durch eine andere ersetzt, die bleibt, wie sie ist.',
  'A file of that name stands at the destination and is left as it is.':
    '[Im Ziel|In der Quelle] steht eine Datei dieses Namens und bleibt, wie sie ist.',
  'A file of that name stands at the destination.': '[Im Ziel|In der Quelle] steht eine Datei dieses Namens.',
  ' Of its {1} versions {2} are kept, former ones as files of their own.':
    'Von den {1} Versionen werden {2 all{alle} other{#}} behalten, frühere als eigene Dateien.',
  ' Of its {1} versions the latest comes{2}.': 'Von den {1} Versionen kommt die neueste{2}.',
  ' Versions that came since are brought over in their order.':
    'Seither entstandene Versionen werden in ihrer Reihenfolge übertragen.',
  ' Of its {1} versions the newest {2} come.': 'Von den {1} Versionen kommen die neuesten {2}.',
  ' All its {1} versions come in their order.': 'Alle {1} Versionen kommen in ihrer Reihenfolge.',
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
  'Both sides changed, and whether they are equal could not be read: {1}':
    'Beide Seiten haben sich geändert, und ob sie gleich sind, konnte nicht gelesen werden: {1}',
  'Retry later.': 'Versuchen Sie es später erneut.',
  'The {1} cannot delete for good.': `${Side(1)} kann nicht endgültig löschen.`,
  'Let deletions go to the recycle bin.': 'Lassen Sie Gelöschtes in den Papierkorb gehen.',
  'This version does not carry out {1} with these policies.': 'Diese Version führt {1} mit diesen Regeln nicht aus.',
  'Choose another type of transfer.': 'Wählen Sie eine andere Art der Übertragung.',
  'Solve the problem of the folder, then retry.':
    'Lösen Sie das Problem des Ordners, und versuchen Sie es dann erneut.',
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
  '{1} items came after the first listing and are left out.':
    '{1} Elemente kamen nach der ersten Auflistung dazu und werden ausgelassen.',
  'Everything that the first listing showed is migrated: nothing is left to do.':
    'Alles, was die erste Auflistung zeigte, ist migriert: Es bleibt nichts zu tun.',
  'The source could not be listed as a whole, so what is migrated is not fixed yet: what the next whole listing shows is migrated too.':
    'Die Quelle konnte nicht vollständig aufgelistet werden; was migriert wird, steht daher noch nicht fest: Was die nächste vollständige Auflistung zeigt, wird auch migriert.',
  'The file is longer than the {1} bytes that were listed.':
    'Die Datei ist länger als die {1} Byte, die aufgelistet wurden.',
  'The content ended after {1} of {2} bytes.': 'Der Inhalt endete nach {1} von {2} Byte.',
  'The file changed between two readings.': 'Die Datei hat sich zwischen zwei Lesevorgängen geändert.',
  'What has its name at the destination belongs to an item that the filters of the job leave out.':
    'Was [im Ziel|in der Quelle] diesen Namen hat, gehört zu einem Element, das die Filter des Auftrags auslassen.',
  'The folder is made again, since something in it came or changed after it was removed.':
    'Der Ordner wird wieder angelegt, da darin nach seinem Entfernen etwas dazukam oder sich änderte.',
  'A file stands in its place.': 'An seiner Stelle steht eine Datei.',
  'No filter of the job includes it.': 'Kein Filter des Auftrags schließt es ein.',
  'The filters of the job leave it out.': 'Die Filter des Auftrags lassen es aus.',
  'The folder was renamed or moved, and keeps its place at the destination until that one is free; what is in it still comes over.':
    'Der Ordner wurde umbenannt oder verschoben und behält seinen Platz [im Ziel|in der Quelle], bis der neue frei ist; was darin ist, kommt trotzdem mit.',
  'Its description changed at both sides; the one at the destination stays as it is.':
    'Die Beschreibung hat sich auf beiden Seiten geändert; die [im Ziel|in der Quelle] bleibt, wie sie ist.',
  'The destination could not be listed as a whole, and the item was not seen there: nothing is done about it.':
    '[Das Ziel|Die Quelle] konnte nicht vollständig aufgelistet werden, und das Element war dort nicht zu sehen: Es geschieht nichts damit.',
  'The folder "/{1}" came from elsewhere, and what it holds is not told.':
    'Der Ordner „/{1}“ kam von anderswo, und was er enthält, wird nicht gesagt.',
  'Two folders have the place "/{1}".': 'Zwei Ordner haben den Platz „/{1}“.',
  'Who may see or change the folder "/{1}" is different now.':
    'Wer den Ordner „/{1}“ sehen oder ändern darf, ist jetzt anders.',
  'The filters of the job leave out {1} more items, which are not listed here.':
    'Die Filter des Auftrags lassen {1} weitere Elemente aus, die hier nicht aufgeführt sind.',
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
  "At the destination several items have one name in {1} places, such as {2}. Each is kept as it is; what has the kind and the spelling of the source's item is taken for it.":
    '[Im Ziel|In der Quelle] haben an {1} Stellen mehrere Elemente denselben Namen, etwa {2}. Jedes bleibt, wie es ist; was Art und Schreibweise des Elements [der Quelle|des Ziels] hat, gilt als dieses.',
  '{1} {2} of the planned steps need it. {3}': '{1} {2} der geplanten Schritte brauchen das. {3}',
  '1 item has a description that the destination cannot hold.':
    '1 Element hat eine Beschreibung, die das Ziel nicht aufnehmen kann.',
  '{1} items have a description that the destination cannot hold.':
    '{1} Elemente haben eine Beschreibung, die das Ziel nicht aufnehmen kann.',
  '1 item has fields that the destination cannot hold.': '1 Element hat Felder, die das Ziel nicht aufnehmen kann.',
  '{1} items have fields that the destination cannot hold.':
    '{1} Elemente haben Felder, die das Ziel nicht aufnehmen kann.',
  '1 item has tags that the destination cannot hold.': '1 Element hat Schlagwörter, die das Ziel nicht aufnehmen kann.',
  '{1} items have tags that the destination cannot hold.':
    '{1} Elemente haben Schlagwörter, die das Ziel nicht aufnehmen kann.',
  '1 item is private at the source and the destination cannot hold that.':
    '1 Element ist in der Quelle privat, was das Ziel nicht aufnehmen kann.',
  '{1} items are private at the source and the destination cannot hold that.':
    '{1} Elemente sind in der Quelle privat, was das Ziel nicht aufnehmen kann.',
  '1 item is private at the source and the job does not keep that.':
    '1 Element ist in der Quelle privat, was der Auftrag nicht beibehält.',
  '{1} items are private at the source and the job does not keep that.':
    '{1} Elemente sind in der Quelle privat, was der Auftrag nicht beibehält.',
  '1 file has a note that a first version cannot have at the destination.':
    '1 Datei hat eine Notiz, die eine erste Version im Ziel nicht haben kann.',
  '{1} files have notes that a first version cannot have at the destination.':
    '{1} Dateien haben Notizen, die eine erste Version im Ziel nicht haben kann.',
  '1 file comes with former versions of which the first cannot have its note at the destination.':
    '1 Datei kommt mit früheren Versionen mit, von denen die erste ihre Notiz im Ziel nicht haben kann.',
  '{1} files come with former versions of which the first cannot have its note at the destination.':
    '{1} Dateien kommen mit früheren Versionen mit, von denen die erste ihre Notiz im Ziel nicht haben kann.',
  '1 item has a value that could not be mapped and is left out.':
    '1 Element hat einen Wert, der nicht zugeordnet werden konnte und ausgelassen wird.',
  '{1} items have a value that could not be mapped and is left out.':
    '{1} Elemente haben einen Wert, der nicht zugeordnet werden konnte und ausgelassen wird.',
  '1 item is flagged since a value could not be mapped.':
    '1 Element wird markiert, da ein Wert nicht zugeordnet werden konnte.',
  '{1} items are flagged since a value could not be mapped.':
    '{1} Elemente werden markiert, da ein Wert nicht zugeordnet werden konnte.',
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
  'Its place at the source changed; at the destination it stays where it is.':
    'Der Platz [in der Quelle|im Ziel] hat sich geändert; [im Ziel|in der Quelle] bleibt es, wo es ist.',
  'It was renamed or moved at the source, and another item stands at its new place at the destination.':
    'Es wurde [in der Quelle|im Ziel] umbenannt oder verschoben, und an der neuen Stelle [im Ziel|in der Quelle] steht ein anderes Element.',
  'It was renamed or moved to the place of an item that is removed: it follows with the next run, once the place is free.':
    'Es wurde an die Stelle eines Elements umbenannt oder verschoben, das entfernt wird: Es folgt mit dem nächsten Lauf, wenn die Stelle frei ist.',
  'What has its name at the destination belongs to an item that the source does not show, and nothing proves that this one is gone: nothing is done about either.':
    'Was [im Ziel|in der Quelle] diesen Namen hat, gehört zu einem Element, das [die Quelle|das Ziel] nicht zeigt, und nichts beweist, dass dieses weg ist: Mit beiden geschieht nichts.',
  'What has its name at the destination is another item, which keeps it: this one comes over with the next run, under a name of its own.':
    'Was [im Ziel|in der Quelle] diesen Namen hat, ist ein anderes Element, das ihn behält: Dieses kommt mit dem nächsten Lauf unter einem eigenen Namen mit.',
  'What has its name at the destination goes to the place of an item that is removed: both follow with the next run.':
    'Was [im Ziel|in der Quelle] diesen Namen hat, kommt an die Stelle eines Elements, das entfernt wird: Beide folgen mit dem nächsten Lauf.',
  'What has its name at the destination was renamed or moved at the source, and another item stands at its new place there.':
    'Was [im Ziel|in der Quelle] diesen Namen hat, wurde [in der Quelle|im Ziel] umbenannt oder verschoben, und an seiner neuen Stelle dort steht ein anderes Element.',
  'Rename what stands at that place.': 'Benennen Sie um, was an dieser Stelle steht.',
  'Both sides changed it, and it was renamed or moved: it comes to one place first, and the next run keeps both versions there.':
    'Beide Seiten haben es geändert, und es wurde umbenannt oder verschoben: Es kommt zuerst an eine Stelle, und der nächste Lauf behält dort beide Versionen.',
  'It was moved at the source into a folder that people at the destination put into this one: both cannot be so.':
    'Er wurde [in der Quelle|im Ziel] in einen Ordner verschoben, den Personen [im Ziel|in der Quelle] in diesen gelegt haben: Beides zugleich geht nicht.',
  'Move one of the two folders at the destination to where the source has it.':
    'Verschieben Sie einen der beiden Ordner [im Ziel|in der Quelle] dorthin, wo [die Quelle|das Ziel] ihn hat.',
  'Both sides moved or renamed it, to different places.':
    'Beide Seiten haben es verschoben oder umbenannt, an verschiedene Stellen.',
  'Decide which place is right.': 'Entscheiden Sie, welche Stelle richtig ist.',
  'The source has no such {1}.':
    '[Die Quelle|Das Ziel] hat {1 file{keine solche Datei} folder{keinen solchen Ordner}}.',
  '{1} items that only the destination has are left there, since their place could not be listed as a whole.':
    '{1} Elemente, die nur [das Ziel|die Quelle] hat, bleiben dort, da ihr Ort nicht vollständig aufgelistet werden konnte.',
  '{1} items that only the destination has are left out by the filters of the job.':
    '{1} Elemente, die nur [das Ziel|die Quelle] hat, lassen die Filter des Auftrags aus.',
  '{1} items that only the destination has are read only, and left there.':
    '{1} Elemente, die nur [das Ziel|die Quelle] hat, sind schreibgeschützt und bleiben dort.',
  'Nothing is removed at the destination: {1}': '[Im Ziel|In der Quelle] wird nichts entfernt: {1}',
  '{1} items that were copied before are left out by the filters of the job now; they are left at the destination.':
    '{1} früher kopierte Elemente lassen die Filter des Auftrags jetzt aus; sie bleiben [im Ziel|in der Quelle].',
  '{1} items are not seen at the source any more, and nothing proves that they were deleted; they are left at the destination.':
    '{1} Elemente sind [in der Quelle|im Ziel] nicht mehr zu sehen, und nichts beweist, dass sie gelöscht wurden; sie bleiben [im Ziel|in der Quelle].',
  'The source is empty, and all that stands at the destination would be removed: nothing is. Remove it by hand if that is right.':
    '[Die Quelle|Das Ziel] ist leer, und alles [im Ziel|in der Quelle] würde entfernt: Nichts wird entfernt. Entfernen Sie es von Hand, wenn das richtig ist.',
  'It was deleted at the source.': 'Es wurde [in der Quelle|im Ziel] gelöscht.',
  'It was deleted at the source, and edited at the destination: it is left as it is.':
    'Es wurde [in der Quelle|im Ziel] gelöscht und [im Ziel|in der Quelle] bearbeitet: Es bleibt, wie es ist.',
  'It was deleted at the source, and people of the destination moved it or a folder above it: it is left where it is.':
    'Es wurde [in der Quelle|im Ziel] gelöscht, und Personen haben es oder einen Ordner darüber [im Ziel|in der Quelle] verschoben: Es bleibt, wo es ist.',
  'It was deleted at the source, and holds more at the destination than is removed: it is left as it is.':
    'Er wurde [in der Quelle|im Ziel] gelöscht und enthält [im Ziel|in der Quelle] mehr, als entfernt wird: Er bleibt, wie er ist.',
  'It was renamed or moved at the source to where it cannot be yet, and another item got its name: it has one of its own until then.':
    'Es wurde [in der Quelle|im Ziel] dorthin umbenannt oder verschoben, wo es noch nicht sein kann, und ein anderes Element bekam seinen Namen: Bis dahin hat es einen eigenen.',
  'Its folder was not listed.': 'Der Ordner dafür wurde nicht aufgelistet.',
  'The {1} is empty, and {2} items were there before. If that is right, resume the run; else cancel it and look whether the share is mounted and the account sees everything.':
    '{1 source{Die Quelle ist} destination{Das Ziel ist} other{Quelle und Ziel sind}} leer, und vorher waren {2} Elemente da. Wenn das richtig ist, setzen Sie den Lauf fort; brechen Sie ihn sonst ab, und sehen Sie nach, ob das Netzlaufwerk eingebunden ist und das Konto alles sieht.',
  'The folder that was the destination is not there any more.': 'Der Ordner, der das Ziel war, ist nicht mehr da.',
  'Another folder than before stands at the {1}, such as after a restore or where a share is not mounted.':
    '{1 source{In der Quelle} destination{Im Ziel} other{In Quelle und Ziel}} steht ein anderer Ordner als vorher, etwa nach einer Wiederherstellung oder wo ein Netzlaufwerk nicht eingebunden ist.',
  '{1} If that is right, resume the run: it begins a new ledger, and compares everything anew. Else cancel it.':
    '{1} Wenn das richtig ist, setzen Sie den Lauf fort: Er beginnt neu zu merken, was er kennt, und vergleicht alles neu. Brechen Sie ihn sonst ab.',
  '{1} items in a row failed {2} for the same reason, so the run ended: {3}':
    '{1} Elemente nacheinander sind {2} aus demselben Grund fehlgeschlagen, daher endete der Lauf: {3}',
  'It is deleted for good and cannot be put back.': 'Es wird endgültig gelöscht und kann nicht zurückgeholt werden.',
  'It goes to the recycle bin of the {1}, from where it can be restored.': `Es kommt in den Papierkorb ${ofSide(1)}, aus dem es wiederhergestellt werden kann.`,
  'It is left at the {1}: it is not certain that the {2} has it back.': `Es bleibt ${inSide(1)}: Es ist nicht sicher, dass ${side(2)} es zurückhat.`,
  'It is left at the {1}: the {2} is not proved to hold it.': `Es bleibt ${inSide(1)}: Es ist nicht nachgewiesen, dass ${side(2)} es hat.`,
  'It was deleted at the {1}, and changed at the {2} meanwhile: it is left as it is.': `Es wurde ${inSide(1)} gelöscht und inzwischen ${inSide(2)} geändert: Es bleibt, wie es ist.`,
  'It was deleted at the {1}, and holds what is not: it is left as it is.': `Er wurde ${inSide(1)} gelöscht und enthält, was es nicht wurde: Er bleibt, wie er ist.`,
  'It changed at the {1} after it was moved: it is left there, and the next run looks again.': `Es hat sich ${inSide(1)} geändert, nachdem es verschoben wurde: Es bleibt dort, und der nächste Lauf sieht wieder nach.`,
  'It is left at the {1}, because it holds what was not moved.': `Er bleibt ${inSide(1)}, weil er enthält, was nicht verschoben wurde.`,
  'Bring it back by hand, such as from a backup.': 'Holen Sie es von Hand zurück, etwa aus einer Sicherung.',
  'The filters of the job leave out what belongs to it on the other side: it is left as it is on both sides.':
    'Die Filter des Auftrags lassen aus, was auf der anderen Seite dazugehört: Es bleibt auf beiden Seiten, wie es ist.',
  'No filter of the job includes {1}.': 'Kein Filter des Auftrags schließt {1 it{es} other{#}} ein.',
  'Filter {1} of the job excludes {2}.': 'Filter {1} des Auftrags schließt {2 it{es} other{#}} aus.',
  ' What it replaces is kept in the trash of the destination.':
    'Was dabei ersetzt wird, bleibt im Papierkorb [des Ziels|der Quelle].',
  'Its description changed at the source; the content is the same.':
    'Die Beschreibung hat sich [in der Quelle|im Ziel] geändert; der Inhalt ist derselbe.',
  'It gets what the mappings and policies of the job give it; the content is the same.':
    'Es bekommt, was ihm Zuordnungen und Regeln des Auftrags geben; der Inhalt ist derselbe.',
  'Groups that its mappings name are made; the item stays as it is.':
    'Gruppen, die seine Zuordnungen nennen, werden angelegt; das Element bleibt, wie es ist.',
  'It was {1} at the {2}.':
    'Es wurde {2 source{in der Quelle} destination{im Ziel} other{#}} {1 renamed{umbenannt} moved{verschoben}}{2 source{} destination{} other{ und wird zurückgesetzt}}.',
  '{1} Another item gets its former place first.': '{1} Den früheren Platz bekommt zuerst ein anderes Element.',
  '{1} Another item gets its name before it is removed.':
    '{1} Ein anderes Element bekommt den Namen, bevor es entfernt wird.',
  'Only the destination has it.': 'Nur [das Ziel|die Quelle] hat es.',
  'Another item gets its name: it keeps its content under a name with the time.':
    'Ein anderes Element bekommt den Namen: Dieses behält seinen Inhalt unter einem Namen mit der Zeit.',
  'Rename or move the item, or decide by hand which version is right.':
    'Benennen Sie das Element um, verschieben Sie es, oder entscheiden Sie von Hand, welche Version richtig ist.',
  'Both sides changed. {1}': 'Beide Seiten haben sich geändert. {1}',
  'Its folder is left out: {1}': 'Der Ordner dafür wird ausgelassen: {1}',
  'Its folder was removed at the destination after it was migrated.':
    'Der Ordner dafür wurde [im Ziel|in der Quelle] nach der Migration entfernt.',
  'Another folder has the same name in the same folder, and what is in them would be mixed.':
    'Ein anderer Ordner hat im selben Ordner denselben Namen, und ihr Inhalt würde vermischt.',
  'Rename one of the two folders at the source.': 'Benennen Sie einen der beiden Ordner [in der Quelle|im Ziel] um.',
  'The {1} does not list it.': `${Side(1)} listet es nicht auf.`,
  'It has {1} bytes instead of {2}.': 'Es hat {1} Byte statt {2}.',
  'Start the job again.': 'Starten Sie den Auftrag erneut.',
  ' {1} of its versions that came since are left out.': '{1} seither entstandene Versionen werden ausgelassen.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // Labels and values of a comparison.
  Versions: 'Versionen',
  Times: 'Zeiten',
  'Authors and owners': 'Verfasser und Eigentümer',
  Locks: 'Sperren',
  'Holders of locks': 'Inhaber von Sperren',
  'Invalid characters': 'Ungültige Zeichen',
  'File size': 'Dateigröße',
  'Path length': 'Pfadlänge',
  'Name length': 'Namenslänge',
  'Restricted types': 'Abgelehnte Typen',
  'Reserved names': 'Reservierte Namen',
  'White space in names': 'Leerzeichen in Namen',
  'Letter case': 'Groß- und Klein\u00ADschreibung',
  Accounts: 'Konten',
  Groups: 'Gruppen',
  Rights: 'Rechte',
  Impersonation: 'Handeln in fremdem Namen',
  Metadata: 'Metadaten',
  Tags: 'Schlagwörter',
  Yes: 'Ja',
  'In part': 'Teilweise',
  Imitated: 'Nachgebildet',
  No: 'Nein',
  None: 'Keine',
  'No limit': 'Keine Grenze',
  '{1} bytes': '{1} Byte',
  '{1} characters': '{1} Zeichen',
  'Kept as it is': 'Bleibt, wie es ist',
  'Distinguishes names': 'Unterscheidet Namen',
  'Does not distinguish names': 'Unterscheidet Namen nicht',
  Paths: 'Pfade',
  Names: 'Namen',

  // Classes of a scan.
  '0 bytes': '0 Byte',
  'up to 10 KB': 'bis 10 KB',
  'up to 100 KB': 'bis 100 KB',
  'up to 1 MB': 'bis 1 MB',
  'up to 10 MB': 'bis 10 MB',
  'up to 100 MB': 'bis 100 MB',
  'up to 1 GB': 'bis 1 GB',
  'more than 1 GB': 'mehr als 1 GB',
  'unknown size': 'Größe unbekannt',
  'up to 7 days': 'bis 7 Tage',
  'up to 30 days': 'bis 30 Tage',
  'up to 90 days': 'bis 90 Tage',
  'up to 1 year': 'bis 1 Jahr',
  'up to 3 years': 'bis 3 Jahre',
  'up to 5 years': 'bis 5 Jahre',
  'more than 5 years': 'mehr als 5 Jahre',
  'in the future': 'in der Zukunft',
  'unknown age': 'Alter unbekannt',
  'no extension': 'keine Endung',
  '{1} and more': '{1} und mehr',

  // Ready-made filters.
  'System files': 'Systemdateien',
  'Temporary files': 'Temporäre Dateien',

  // Words that stand as values.
  source: 'Quelle',
  destination: 'Ziel',
  'destination, and is put back': 'im Ziel',
  'source and the destination': 'Quelle und Ziel',
  ' and the ': 'und',
  file: 'Datei',
  folder: 'Ordner',
  'the file': 'die Datei',
  'the folder': 'der Ordner',
  'The file': 'Die Datei',
  'The folder': 'Der Ordner',
  'The {1}': '{1 file{Die Datei} folder{Der Ordner}}',
  'the folder and everything in it': 'den Ordner mit allem darin',
  'Version {1} of the file': 'Version {1} der Datei',
  'missing at the destination': 'fehlt [im Ziel|in der Quelle]',
  '“{1}” in {2}': '„{1}“ in {2 other{#}}',
  Someone: 'Jemand',
  ' until {1}': 'bis {1}',
  'a run': 'einem Lauf',
  '{1} run': '{1} Lauf',
  '{1} runs': '{1} Läufen',
  'failed run': 'fehlgeschlagener Lauf',
  '{1} failed run': '{1} fehlgeschlagenen Lauf',
  '{1} failed runs': '{1} fehlgeschlagenen Läufen',
  ' in a row': 'in Folge',
  '1 item': '1 Element',
  '{1} items': '{1} Elemente',
  'a folder': 'eines Ordners',
  '{1} folders': 'von {1} Ordnern',
  'for example ': 'zum Beispiel',
  '"/{1}": {2}': '„/{1}“: {2}',
  'the newest {1}': 'die neuesten {1}',
  ': the destination keeps no others': ': [das Ziel|die Quelle] behält keine anderen',
  ', as the job says': ', wie es der Auftrag sagt',
  'as a whole': 'vollständig',
  'by its changes': 'nach Änderungen',
  'in {1}': 'in {1}',
  'in reading from the {1}': `beim Lesen ${fromSide(1)}`,
  'at the {1}': inSide(1),
  'names up to {1} {2} and paths up to {3} {4}':
    'Namen bis {1} {2 bytes{Byte} characters{Zeichen}} und Pfade bis {3} {4 bytes{Byte} characters{Zeichen}}',
  '{1} up to {2} {3}': '{1 names{Namen} paths{Pfade}} bis {2} {3 bytes{Byte} characters{Zeichen}}',
  '{1} and {2}': '{1} und {2}',
  '{1} or {2}': '{1} oder {2}',
  '{1}, {2}': '{1}, {2}',
  '{1}; {2}': '{1}; {2}',

  // What a mapping finds wrong with a value.
  'is no number such as 12.5 with at most 15 digits': 'ist keine Zahl wie 12.5 mit höchstens 15 Ziffern',
  'is neither true nor false': 'ist weder true noch false',
  'is no date such as 2026-11-21 or 2026-11-21T14:05:09Z': 'ist kein Datum wie 2026-11-21 oder 2026-11-21T14:05:09Z',
  'has several values, and the field takes one': 'hat mehrere Werte, und das Feld nimmt einen',
  'is none of the values that the field takes': 'ist keiner der Werte, die das Feld nimmt',
  'has no translation': 'hat keine Übersetzung',

  // What was found of what arrived.
  'has {1} bytes instead of {2}': 'hat {1} Byte statt {2}',
  'has another checksum': 'hat eine andere Prüfsumme',
  'gives other bytes when read back': 'ergibt beim Zurücklesen andere Bytes',

  // Ways of a request.
  '{1}: No answer within {2} s.': '{1}: Keine Antwort innerhalb von {2} s.',
};
