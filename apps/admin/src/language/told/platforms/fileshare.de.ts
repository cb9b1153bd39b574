import type { Texts } from '../translator.js';

/** German of what the connector of file shares says of platforms and connections. */
export const sentences: Texts = {
  // connecting
  'The location is not a folder.': 'Der Ort ist kein Ordner.',
  'Choose a folder.': 'Wählen Sie einen Ordner.',
  'Another folder is now where the share was.': 'Wo das Netzlaufwerk war, ist jetzt ein anderer Ordner.',
  'Check that the share is mounted, then test the connection.':
    'Prüfen Sie, ob das Netzlaufwerk eingebunden ist, und prüfen Sie dann die Verbindung.',
  // listing and reading
  '“{1}” is a link, pipe, socket or device.': '„{1}“ ist eine Verknüpfung, eine Pipe, ein Socket oder ein Gerät.',
  '“{1}” is not a folder of this share, or is behind a symbolic link.':
    '„{1}“ ist kein Ordner dieses Netzlaufwerks oder liegt hinter einer symbolischen Verknüpfung.',
  // what a share can hold
  'What is written belongs to the account that runs the server, unless a mapping gives the owner; a file that is replaced keeps its owner. Both where that account may set it.':
    'Geschriebenes gehört dem Konto, unter dem der Server läuft, außer eine Zuordnung gibt den Eigentümer an; eine ersetzte Datei behält ihren Eigentümer. Beides, wo dieses Konto ihn setzen darf.',
  'The group of a file is a field that mappings read; groups are those of the system.':
    'Die Gruppe einer Datei ist ein Feld, das Zuordnungen lesen; Gruppen sind die des Systems.',
  'New files have the rights that the folder gives them; a file that is replaced keeps its mode and access list, unless a mapping gives the mode.':
    'Neue Dateien haben die Rechte, die der Ordner ihnen gibt; eine ersetzte Datei behält Zugriffsrechte und Zugriffsliste, außer eine Zuordnung gibt die Zugriffsrechte an.',
  'Removed items and replaced contents go to the folder {1} at the root of the job, by date and time of the run.':
    'Entfernte Elemente und ersetzte Inhalte kommen in den Ordner {1} im obersten Ordner des Auftrags, nach Datum und Uhrzeit des Laufs.',
  'Owner, group, mode, the time of the last change{1} are fields that are read, and set where the account may; place, size and the time of birth are read only. {2} Descriptions have no place.':
    'Eigentümer, Gruppe, Zugriffsrechte und die Zeit der letzten Änderung{1} sind Felder, die gelesen und, wo das Konto darf, gesetzt werden; Ort, Größe und die Zeit der Entstehung werden nur gelesen. {2} Beschreibungen haben keinen Platz.',
  'Tags are the extended attribute user.xdg.tags, which the file system does not keep.':
    'Schlagwörter sind das erweiterte Attribut user.xdg.tags, das das Dateisystem nicht bewahrt.',
  'Tags are the extended attribute user.xdg.tags, where a comma ends a tag. {1}':
    'Schlagwörter sind das erweiterte Attribut user.xdg.tags, in dem ein Komma ein Schlagwort beendet. {1}',
  'The modification time is kept as exactly as the file system can, of folders too.':
    'Die Änderungszeit wird so genau bewahrt, wie es das Dateisystem kann, auch von Ordnern.',
  'The file system keeps extended attributes.': 'Das Dateisystem bewahrt erweiterte Attribute.',
  'Of the file systems mounted there not all keep extended attributes; where one does not, each file tells it.':
    'Nicht alle dort eingebundenen Dateisysteme bewahren erweiterte Attribute; wo eines es nicht tut, sagt es jede Datei.',
  'The file system keeps no extended attributes.': 'Das Dateisystem bewahrt keine erweiterten Attribute.',
  'Whether the file system keeps extended attributes is found out when the share is connected.':
    'Ob das Dateisystem erweiterte Attribute bewahrt, zeigt sich, wenn das Netzlaufwerk verbunden wird.',
  'Descriptions, and fields of any name that begins with “manifest:”, are kept in the file {1} of each folder; owner, group, mode and extended attributes as the file system and the account can.':
    'Beschreibungen und Felder, deren Name mit „manifest:“ beginnt, stehen in der Datei {1} jedes Ordners; Eigentümer, Gruppe, Zugriffsrechte und erweiterte Attribute bleiben, wie es Dateisystem und Konto können.',
  'Whether an item is private is kept in the file {1} of its folder; nobody is kept out by it.':
    'Ob ein Element privat ist, steht in der Datei {1} seines Ordners; ausgesperrt wird dadurch niemand.',
  'Tags are kept in the file {1} of each folder.': 'Schlagwörter stehen in der Datei {1} jedes Ordners.',
  'Former versions that stand as files beside the newest are told as its versions, by the file {1}.':
    'Frühere Versionen, die als Dateien neben der neuesten stehen, gelten durch die Datei {1} als deren Versionen.',
  // the form
  'How the connection is listed. The platform’s name if left empty.':
    'So steht die Verbindung in der Liste. Leer: der Name der Plattform.',
  'Absolute path of a folder that the server can reach, such as /srv/plans. Mount a Windows share on the server first and give the folder where it is mounted.':
    'Vollständiger Pfad eines Ordners, den der Server erreicht, etwa /srv/plans. Binden Sie eine Windows-Freigabe zuerst auf dem Server ein, und geben Sie den Ordner an, in dem sie eingebunden ist.',
  'What is written lies in the memory of the server for a while. “As a whole” is fast: the disk catches up every few seconds and before a run ends, and after a loss of power the next run looks at the last files again and brings back what is missing. Where a file system cannot do so, as most network shares, it is done file by file. “Never” leaves it to the system, and what a loss of power takes is found by the next run that lists it.':
    'Geschriebenes liegt eine Weile im Speicher des Servers. „Im Ganzen“ ist schnell: Die Platte holt alle paar Sekunden und vor dem Ende eines Laufs auf, und nach einem Stromausfall sieht sich der nächste Lauf die letzten Dateien wieder an und ergänzt, was fehlt. Wo ein Dateisystem das nicht kann, wie die meisten Netzlaufwerke, geschieht es Datei für Datei. „Nie“ überlässt es dem System, und was ein Stromausfall nimmt, findet der nächste Lauf, der es auflistet.',
  'Descriptions, tags, fields, privacy and the numbers and notes of versions are kept in a file .sluice.json in each folder, and come back from there when the share is a source. The file is never copied itself.':
    'Beschreibungen, Schlagwörter, Felder, Privates sowie Nummern und Notizen von Versionen stehen in einer Datei .sluice.json in jedem Ordner und kommen von dort zurück, wenn das Netzlaufwerk eine Quelle ist. Die Datei selbst wird nie kopiert.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // fields of items
  Path: 'Pfad',
  Name: 'Name',
  Extension: 'Endung',
  'Size in bytes': 'Größe in Bytes',
  Created: 'Angelegt',
  Modified: 'Geändert',
  Owner: 'Eigentümer',
  Group: 'Gruppe',
  Mode: 'Zugriffsrechte',
  Description: 'Beschreibung',
  Private: 'Privat',
  'Version notes': 'Notizen zur Version',
  // the form
  'Display as': 'Angezeigter Name',
  Folder: 'Ordner',
  'Safe against a loss of power': 'Sicher gegen Stromausfall',
  'As a whole, every few seconds': 'Im Ganzen, alle paar Sekunden',
  'File by file, before a file counts as done': 'Datei für Datei, bevor eine als erledigt gilt',
  Never: 'Nie',
  'Keep what the share cannot hold': 'Bewahren, was das Netzlaufwerk nicht aufnehmen kann',
  // what an item is given
  ', and extended attributes of the kind “user”,': ', dazu erweiterte Attribute der Art „user“,',
  owner: 'Eigentümer',
  group: 'Gruppe',
  mode: 'Zugriffsrechte',
  attributes: 'Attribute',
  tags: 'Schlagwörter',
};
