import { Item } from '../forms.js';
import type { Texts } from '../translator.js';

/** German of what the engine says of plans and their steps. */
export const sentences: Texts = {
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
  'Both sides changed, and whether they are equal could not be read: {1}':
    'Beide Seiten haben sich geändert, und ob sie gleich sind, konnte nicht gelesen werden: {1}',
  'Retry later.': 'Versuchen Sie es später erneut.',
  'Solve the problem of the folder, then retry.':
    'Lösen Sie das Problem des Ordners, und versuchen Sie es dann erneut.',
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
  'The filters of the job leave out {1} more items, which are not listed here.':
    'Die Filter des Auftrags lassen {1} weitere Elemente aus, die hier nicht aufgeführt sind.',
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
  'It was deleted at the source.': 'Es wurde [in der Quelle|im Ziel] gelöscht.',
  'It was renamed or moved at the source to where it cannot be yet, and another item got its name: it has one of its own until then.':
    'Es wurde [in der Quelle|im Ziel] dorthin umbenannt oder verschoben, wo es noch nicht sein kann, und ein anderes Element bekam seinen Namen: Bis dahin hat es einen eigenen.',
  'Its folder was not listed.': 'Der Ordner dafür wurde nicht aufgelistet.',
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
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  'destination, and is put back': 'im Ziel',
  'the file': 'die Datei',
  'The {1}': '{1 file{Die Datei} folder{Der Ordner}}',
  'the folder and everything in it': 'den Ordner mit allem darin',
  'Version {1} of the file': 'Version {1} der Datei',
  'missing at the destination': 'fehlt [im Ziel|in der Quelle]',
  Someone: 'Jemand',
  ' until {1}': 'bis {1}',
  'the newest {1}': 'die neuesten {1}',
  ': the destination keeps no others': ': [das Ziel|die Quelle] behält keine anderen',
  ', as the job says': ', wie es der Auftrag sagt',
  '{1} up to {2} {3}': '{1 names{Namen} paths{Pfade}} bis {2} {3 bytes{Byte} characters{Zeichen}}',
};
