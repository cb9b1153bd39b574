import type { Texts } from '../translator.js';

/** German of what the engine says of jobs and scans, and of what two platforms can hold. */
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
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
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
  'Kept as it is': 'Bleibt, wie es ist',
  'Distinguishes names': 'Unterscheidet Namen',
  'Does not distinguish names': 'Unterscheidet Namen nicht',
  Paths: 'Pfade',
  Names: 'Namen',
  // Ready-made filters.
  'System files': 'Systemdateien',
  'Temporary files': 'Temporäre Dateien',
  '{1} run': '{1} Lauf',
  'failed run': 'fehlgeschlagener Lauf',
  '{1} failed run': '{1} fehlgeschlagenen Lauf',
  '{1} failed runs': '{1} fehlgeschlagenen Läufen',
  ' in a row': 'in Folge',
  // What a mapping finds wrong with a value.
  'is no number such as 12.5 with at most 15 digits': 'ist keine Zahl wie 12.5 mit höchstens 15 Ziffern',
  'is neither true nor false': 'ist weder true noch false',
  'is no date such as 2026-11-21 or 2026-11-21T14:05:09Z': 'ist kein Datum wie 2026-11-21 oder 2026-11-21T14:05:09Z',
  'has several values, and the field takes one': 'hat mehrere Werte, und das Feld nimmt einen',
  'is none of the values that the field takes': 'ist keiner der Werte, die das Feld nimmt',
  'has no translation': 'hat keine Übersetzung',
};
