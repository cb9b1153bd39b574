import type { Texts } from '../translator.js';

/** German of what the connector of file shares says seldom. */
export const sentences: Texts = {
  // connecting
  'Check that the folder exists on the server, is mounted, and that the server’s account may use it.':
    'Prüfen Sie, ob der Ordner auf dem Server vorhanden und eingebunden ist und ob das Konto des Servers ihn nutzen darf.',
  'The location is not an absolute path.': 'Der Ort ist kein vollständiger Pfad.',
  'Give the whole path of the folder, such as /srv/plans.':
    'Geben Sie den ganzen Pfad des Ordners an, etwa /srv/plans.',
  'A share can be reached only through a folder where the server has it mounted.':
    'Ein Netzlaufwerk ist nur über einen Ordner zu erreichen, in dem der Server es eingebunden hat.',
  'Mount the share on the server and give the folder where it is mounted, such as /mnt/plans.':
    'Binden Sie das Netzlaufwerk auf dem Server ein, und geben Sie den Ordner an, in dem es eingebunden ist, etwa /mnt/plans.',
  'The share does not answer.': 'Das Netzlaufwerk antwortet nicht.',
  'Check that its server runs.': 'Prüfen Sie, ob sein Server läuft.',
  'The share was closed.': 'Das Netzlaufwerk wurde geschlossen.',
  'The request was stopped.': 'Die Anfrage wurde beendet.',

  // what the system says
  'The folder of the connection {1}.': 'Der Ordner der Verbindung {1}.',
  'Give the account under which the server runs the right to this file or folder.':
    'Geben Sie dem Konto, unter dem der Server läuft, das Recht auf diese Datei oder diesen Ordner.',
  'Check that the share is mounted and its server answers.':
    'Prüfen Sie, ob das Netzlaufwerk eingebunden ist und sein Server antwortet.',
  'Make room, then retry.': 'Schaffen Sie Platz, und versuchen Sie es erneut.',
  'Mount it for writing.': 'Binden Sie es zum Schreiben ein.',
  'Shorten the path.': 'Kürzen Sie den Pfad.',
  'Copy it instead of moving it.': 'Kopieren Sie es, statt es zu verschieben.',
  'Raise the server’s limit.': 'Erhöhen Sie die Grenze des Servers.',
  'Raise the host’s limit.': 'Erhöhen Sie die Grenze des Rechners.',
  'Check the disk.': 'Prüfen Sie die Platte.',

  // listing and reading
  'The content could not be read to its end.': 'Der Inhalt ließ sich nicht bis zum Ende lesen.',
  '{1} of {2} bytes arrived.': '{1} von {2} Byte sind angekommen.',
  '“{1}” has changed since it was listed.': '„{1}“ hat sich geändert, seit es aufgelistet wurde.',
  '“{1}” exists already.': '„{1}“ gibt es schon.',
  '“{1}” does not exist any more.': '„{1}“ gibt es nicht mehr.',
  '“{1}” is no longer a file.': '„{1}“ ist keine Datei mehr.',
  '“{1}” was taken away while it was listed.': '„{1}“ verschwand, während es aufgelistet wurde.',
  'The name of “{1}” is not valid UTF-8.': 'Der Name von „{1}“ ist kein gültiges UTF-8.',
  'Rename it, for example with convmv.': 'Benennen Sie es um, zum Beispiel mit convmv.',
  '“{1}” is {2} and is left alone.': '„{1}“ ist {2} und bleibt unberührt.',
  'Replace it by a file or folder if its content is wanted.':
    'Ersetzen Sie es durch eine Datei oder einen Ordner, wenn der Inhalt gewünscht ist.',

  // writing and removing
  'The root itself cannot be changed.': 'Der oberste Ordner selbst lässt sich nicht ändern.',
  '“{1}” cannot be the name of a file or folder.': '„{1}“ kann keine Datei und kein Ordner heißen.',
  'Use a name without “/” that is neither empty, “.” nor “..”, and none that Sluice keeps for itself.':
    'Nehmen Sie einen Namen ohne „/“, der weder leer noch „.“ oder „..“ ist, und keinen, den Sluice für sich behält.',
  '“{1}” is not in the trash any more.': '„{1}“ ist nicht mehr im Papierkorb.',
  '“{1}” was taken away again.': '„{1}“ wurde wieder weggenommen.',
  '“{1}” gave other bytes when it was read back.': '„{1}“ ergab beim Zurücklesen andere Bytes.',
  'Retry; if it fails again, check the disk of the share.':
    'Versuchen Sie es erneut; schlägt es wieder fehl, prüfen Sie die Platte des Netzlaufwerks.',
  'The disk of the share did not take what was written to it.':
    'Die Platte des Netzlaufwerks hat nicht angenommen, was auf sie geschrieben wurde.',
  'Check the disk of the share, then start the job again; it looks at the last files once more.':
    'Prüfen Sie die Platte des Netzlaufwerks, und starten Sie den Auftrag erneut; er sieht sich die letzten Dateien noch einmal an.',
  '“{1}” has changed meanwhile and was left alone.{2}': '„{1}“ hat sich inzwischen geändert und blieb unberührt.{2}',
  '“{1}” is not empty and was not removed.': '„{1}“ ist nicht leer und wurde nicht entfernt.',
  '“{1}” is not below the folder of the job and was not removed.':
    '„{1}“ liegt nicht unterhalb des Ordners des Auftrags und wurde nicht entfernt.',
  '“{1}” is no longer the version to be replaced.': '„{1}“ ist nicht mehr die Version, die zu ersetzen war.',
  '“{1}” has another size than what was written.': '„{1}“ hat eine andere Größe als das Geschriebene.',

  // what an item is given
  'The server’s account may not keep the {1} of the replaced file; so it may be with the files after it.':
    'Das Konto des Servers darf von der ersetzten Datei dies nicht bewahren: {1}. So kann es auch bei den Dateien danach sein.',
  'The server’s account may not give the {1} of the mapping; so it may be with the items around it.':
    'Das Konto des Servers darf aus der Zuordnung dies nicht setzen: {1}. So kann es auch bei den Elementen ringsum sein.',
  'The file system does not hold all {1} of the mapping.':
    'Aus der Zuordnung nimmt das Dateisystem dies nicht ganz auf: {1}.',
  'The manifest {1} of its folder is damaged or full, or cannot be written: what only it keeps stays behind.':
    'Das Manifest {1} seines Ordners ist beschädigt, voll oder nicht zu schreiben: Was nur dort steht, bleibt zurück.',
  'Leave it out of the mapping, or let the server run as an account that may give it; put a damaged manifest right or take it away.':
    'Lassen Sie es aus der Zuordnung weg, oder lassen Sie den Server unter einem Konto laufen, das es setzen darf; bringen Sie ein beschädigtes Manifest in Ordnung, oder entfernen Sie es.',
  '“{1}” is ignored: it {2}.': '„{1}“ wird ignoriert: Es {2}.',
  'Put it right, or take it away; what it kept is lost then.':
    'Bringen Sie es in Ordnung, oder entfernen Sie es; was es enthielt, ist dann verloren.',
  'The server knows no {1} “{2}”.': 'Der Server kennt {1 account{kein Konto} group{keine Gruppe}} „{2}“.',
  'Map it to a name that the server knows, or to a number.':
    'Ordnen Sie es einem Namen zu, den der Server kennt, oder einer Nummer.',
  '“{1}” is no mode.': '„{1}“ sind keine Zugriffsrechte.',
  'Give a mode as three or four octal digits, such as 0640.':
    'Geben Sie Zugriffsrechte mit drei oder vier oktalen Ziffern an, etwa 0640.',
  '“{1}” is no time.': '„{1}“ ist keine Zeit.',
  'Give a time such as 2026-11-21T14:05:09Z.': 'Geben Sie eine Zeit wie 2026-11-21T14:05:09Z an.',
  'A share sets no field “{1}”.': 'Ein Netzlaufwerk setzt kein Feld „{1}“.',
  'It sets owner, group, mode, modifiedAt, and extended attributes such as “xattr:user.stage”.':
    'Es setzt owner, group, mode, modifiedAt und erweiterte Attribute wie „xattr:user.stage“.',
  'The value for “{1}” is longer than {2} bytes, or holds control characters.':
    'Der Wert für „{1}“ ist länger als {2} Byte oder enthält Steuerzeichen.',
  'Map another value.': 'Ordnen Sie einen anderen Wert zu.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // what the system says of a file or folder
  'is not accessible to the server’s account': 'ist dem Konto des Servers nicht zugänglich',
  'does not exist': 'ist nicht vorhanden',
  'exists already': 'ist schon vorhanden',
  'does not answer': 'antwortet nicht',
  'is in use by another program': 'wird von einem anderen Programm benutzt',
  'is on a file system that is mounted read-only': 'liegt auf einem Dateisystem, das nur zum Lesen eingebunden ist',
  'is a symbolic link, which is never followed': 'ist eine symbolische Verknüpfung, der nie gefolgt wird',
  'is a pipe, socket or device': 'ist eine Pipe, ein Socket oder ein Gerät',
  'is too long for the file system': 'ist zu lang für das Dateisystem',
  'is a name that the file system refuses': 'ist ein Name, den das Dateisystem ablehnt',
  'was refused by the file system': 'wurde vom Dateisystem abgelehnt',
  'is on another file system': 'liegt auf einem anderen Dateisystem',
  'is too large for the file system': 'ist zu groß für das Dateisystem',
  'does not fit: the disk is full': 'passt nicht: Die Platte ist voll',
  'does not fit: the account’s quota is used up': 'passt nicht: Der Platz des Kontos ist verbraucht',
  'cannot be opened: too many open files': 'lässt sich nicht öffnen: zu viele offene Dateien',
  'cannot be read or written: the disk reports an error':
    'lässt sich nicht lesen oder schreiben: Die Platte meldet einen Fehler',
  'could not be read or written': 'ließ sich nicht lesen oder schreiben',

  // what a listing leaves alone
  'a symbolic link {1}': 'eine symbolische Verknüpfung {1}',
  'to nowhere': 'ins Leere',
  'to a place inside the share': 'zu einem Ort im Netzlaufwerk',
  'to a place outside the share': 'zu einem Ort außerhalb des Netzlaufwerks',
  'a named pipe': 'eine benannte Pipe',
  'a socket': 'ein Socket',
  'a device': 'ein Gerät',
  ' Both are kept, one of them as “{1}”.': 'Beide bleiben, einer davon als „{1}“.',

  // what an item is given
  'access control list': 'Zugriffsliste',
  'extended attributes': 'erweiterte Attribute',
  'former content': 'früherer Inhalt',

  // why a manifest is ignored
  'is a link': 'ist eine Verknüpfung',
  'is no UTF-8': 'ist kein UTF-8',
  'is no file': 'ist keine Datei',
  'is no JSON': 'ist kein JSON',
  'is no object': 'ist kein Objekt',
  'is larger than {1} bytes': 'ist größer als {1} Byte',
  'is not of the format {1}': 'hat nicht das Format {1}',
  'ends early': 'endet zu früh',
  'cannot be read': 'lässt sich nicht lesen',
  'has no items': 'hat keine Elemente',
  'has more than {1} items': 'hat mehr als {1} Elemente',
  'names “{1}”, which is no item of its folder': 'nennt „{1}“, was kein Element seines Ordners ist',
  'tells nothing of “{1}”': 'sagt nichts über „{1}“',
  'has no proper {1} for “{2}”': 'hat kein richtiges {1} für „{2}“',
};
