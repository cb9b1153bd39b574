import { Side, side, inSide } from '../forms.js';
import type { Texts } from '../translator.js';

/** German of what the engine says seldom. */
export const sentences: Texts = {
  'A pattern must not be empty.': 'Ein Muster darf nicht leer sein.',
  'A pattern has at most {1} characters.': 'Ein Muster hat höchstens {1} Zeichen.',
  'Write / between folders instead of \\.': 'Schreiben Sie / zwischen Ordner statt \\.',
  'Leave out the slash at the beginning: patterns count from the folder of the job.':
    'Lassen Sie den Schrägstrich am Anfang weg: Muster zählen ab dem Ordner des Auftrags.',
  'End with /** to mean a folder and all that is in it.':
    'Schreiben Sie /** ans Ende, um einen Ordner mit allem darin zu meinen.',
  'Write one slash between two names.': 'Schreiben Sie einen Schrägstrich zwischen zwei Namen.',
  'Write folders out instead of "." or "..".': 'Schreiben Sie Ordner aus statt „.“ oder „..“.',
  '** stands alone between slashes; within a name write *.':
    '** steht allein zwischen Schrägstrichen; innerhalb eines Namens schreiben Sie *.',
  'A pattern has at most {1} names.': 'Ein Muster hat höchstens {1} Namen.',
  'The largest size must not be below the smallest.': 'Die größte Größe darf nicht unter der kleinsten liegen.',
  'The end must be after the beginning.': 'Das Ende muss nach dem Anfang liegen.',
  'The most time must not be below the least.': 'Die längste Zeit darf nicht unter der kürzesten liegen.',
  'Give at most {1} filters.': 'Geben Sie höchstens {1} Filter an.',
  'All filters together have at most {1} patterns and extensions.':
    'Alle Filter zusammen haben höchstens {1} Muster und Endungen.',
  'Give at least one condition, such as a pattern or an extension.':
    'Geben Sie mindestens eine Bedingung an, etwa ein Muster oder eine Endung.',
  'Give at most {1} of them in one filter.': 'Geben Sie in einem Filter höchstens {1} davon an.',
  'Write an extension such as pdf.': 'Schreiben Sie eine Endung wie pdf.',
  'An extension has at most {1} characters.': 'Eine Endung hat höchstens {1} Zeichen.',
  'Write the extension alone, such as pdf; patterns belong to globs.':
    'Schreiben Sie nur die Endung, etwa pdf; Muster gehören zu den Mustern.',
  'A size must be at least 0 bytes.': 'Eine Größe muss mindestens 0 Byte sein.',
  'Name the field that is to have the value.': 'Nennen Sie das Feld, das den Wert haben soll.',
  'Listings do not show the field “{1}”; use {2}.': 'Auflistungen zeigen das Feld „{1}“ nicht; verwenden Sie {2}.',
  'A value has at most {1} characters.': 'Ein Wert hat höchstens {1} Zeichen.',
  'Only a set of metadata has rules; give entries to this one.':
    'Nur eine Zuordnung von Metadaten hat Regeln; geben Sie dieser Einträge.',
  'A set of this kind matches by {1}.': 'Eine Zuordnung dieser Art findet über {1}.',
  'Name each match once.': 'Nennen Sie jede Art des Findens einmal.',
  'Give at most {1} names.': 'Geben Sie höchstens {1} Namen an.',
  'Give the target that names without target get.': 'Geben Sie das Ziel an, das Namen ohne Ziel bekommen.',
  'Give at most {1} rules.': 'Geben Sie höchstens {1} Regeln an.',
  'All rules together have at most {1} translations.': 'Alle Regeln zusammen haben höchstens {1} Übersetzungen.',
  'Give at most {1} translations.': 'Geben Sie höchstens {1} Übersetzungen an.',
  'Translate each value once.': 'Übersetzen Sie jeden Wert einmal.',
  'Give a text that is not empty.': 'Geben Sie einen Text ein, der nicht leer ist.',
  'Give at most {1} characters.': 'Geben Sie höchstens {1} Zeichen ein.',
  'Write each placeholder as {field}, and braces as {{ and }}.':
    'Schreiben Sie jeden Platzhalter als {field} und geschweifte Klammern als {{ und }}.',
  'Name a field between the braces, such as {modifiedAt}.':
    'Nennen Sie zwischen den Klammern ein Feld, etwa {modifiedAt}.',
  'The next run of the job decides by its tables and by what it sees then: it takes what the undo changed for changes that people made, and creates again what it lacks.':
    'Der nächste Lauf des Auftrags entscheidet wie immer nach dem, was er dann sieht: Was das Rückgängigmachen geändert hat, hält er für Änderungen von Personen, und was fehlt, legt er wieder an.',
  'Run {1} worked between other folders than the job does now.':
    'Lauf {1} arbeitete zwischen anderen Ordnern als der Auftrag jetzt.',
  'Give the job the folders of that run again, then plan the undo again.':
    'Geben Sie dem Auftrag wieder die Ordner jenes Laufs, und planen Sie das Rückgängigmachen dann erneut.',
  'It stays as {1} left it. {2}': 'Es bleibt, wie {1} es hinterlassen hat. {2}',
  'Look at the item, and decide about it by hand.': 'Sehen Sie sich das Element an, und entscheiden Sie von Hand.',
  'It is not as {1} left it at the {2}: somebody changed it since, and it stays so.': `Es ist nicht, wie {1} es ${inSide(2)} hinterlassen hat: Jemand hat es seither geändert, und so bleibt es.`,
  'It is gone from the {1} since {2}.': `Es ist seit {2} nicht mehr ${inSide(1)}.`,
  'A later run of the job dealt with it after {1}, and it stays as that run left it.':
    'Ein späterer Lauf des Auftrags hat sich nach {1} damit befasst, und es bleibt, wie dieser es hinterlassen hat.',
  'The {1} keeps nothing of what was there before {2}.': `${Side(1)} hat nichts von dem behalten, was vor {2} da war.`,
  'Something else stands at the {1} where it was before {2}.': `Wo es vor {2} ${inSide(1)} war, steht etwas anderes.`,
  'Move or rename what stands there, then plan the undo again.':
    'Verschieben Sie, was dort steht, oder benennen Sie es um, und planen Sie das Rückgängigmachen dann erneut.',
  'What stands at its place at the {1} could not be listed.': `Was an seiner Stelle ${inSide(1)} steht, konnte nicht aufgelistet werden.`,
  'Look at the folder, then plan the undo again.':
    'Sehen Sie sich den Ordner an, und planen Sie das Rückgängigmachen dann erneut.',
  'It is left at the {1}, because the {2} does not get it back.': `Es bleibt ${inSide(1)}, weil ${side(2)} es nicht zurückbekommt.`,
  'It was created by {1}, and is removed again.': 'Es wurde von {1} angelegt und wird wieder entfernt.',
  'Its content was replaced by {1}: the former one becomes the newest again.':
    'Der Inhalt wurde von {1} ersetzt: Der frühere wird wieder der neueste.',
  'It was moved or renamed by {1}, and gets its former place and name back.':
    'Es wurde von {1} verschoben oder umbenannt und bekommt Platz und Namen zurück.',
  'It was removed by {1}, and comes back to its place.': 'Es wurde von {1} entfernt und kommt an seinen Platz zurück.',
  'Its description was changed by {1}, and gets back what it was.':
    'Die Beschreibung wurde von {1} geändert und wird wieder, wie sie war.',
  'It is as it was before {1}.': 'Es ist, wie es vor {1} war.',
  'Write five fields such as 0 2 * * 1-5: minute, hour, day of the month, month, day of the week':
    'Schreiben Sie fünf Felder wie 0 2 * * 1-5: Minute, Stunde, Tag des Monats, Monat, Wochentag',
  'A cron expression has at most {1} characters.': 'Ein Cron-Ausdruck hat höchstens {1} Zeichen.',
  'A cron expression has exactly five fields. {1}.': 'Ein Cron-Ausdruck hat genau fünf Felder. {1}.',
  'A question mark would stand for the time of saving; write * for any value.':
    'Ein Fragezeichen stünde für die Zeit des Speicherns; schreiben Sie * für jeden Wert.',
  'This time never comes; choose a day that the month has.':
    'Diese Zeit kommt nie; wählen Sie einen Tag, den der Monat hat.',
  'The cron expression cannot be read: {1} {2}.': 'Der Cron-Ausdruck kann nicht gelesen werden: {1} {2}.',
  'The time between two runs must be from one second (PT1S) to 366 days (P366D).':
    'Die Zeit zwischen zwei Läufen muss zwischen einer Sekunde (PT1S) und 366 Tagen (P366D) liegen.',
  'Give at most {1} windows.': 'Geben Sie höchstens {1} Zeitfenster an.',
  'Say on which days the window begins.': 'Geben Sie an, an welchen Tagen das Zeitfenster beginnt.',
  'Name each day once, of {1}.': 'Nennen Sie jeden Tag einmal, aus {1}.',
  'The call was given up while it waited for the rate limit.':
    'Der Aufruf wurde aufgegeben, während er auf das Kontingent wartete.',
  '{1} answered with an error ({2}).': '{1} antwortete mit einem Fehler ({2}).',
  '{1} keeps refusing calls because of its rate limit.':
    '{1} lehnt Aufrufe wegen der Begrenzung ihrer Zahl immer wieder ab.',
  'The call was given up.': 'Der Aufruf wurde aufgegeben.',
  'The call was given up between two tries.': 'Der Aufruf wurde zwischen zwei Versuchen aufgegeben.',
  '{1} could not be reached{2}{3}.': '{1} war nicht erreichbar{2}{3}.',
  'No answer within {1} s.': 'Keine Antwort innerhalb von {1} s.',
  'The request went through the proxy {1}{2}.': 'Die Anfrage ging über den Proxy {1}{2}.',
  'The answer is longer than 64 MiB.': 'Die Antwort ist länger als 64 MiB.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // Words that stand as values.
  'run {1}': 'Lauf {1}',

  // Ways of a request.
  ', which answered {1}': ', der mit {1} antwortete',
  ' through the proxy {1}{2}; check HTTPS_PROXY, HTTP_PROXY and NO_PROXY':
    'über den Proxy {1}{2}; prüfen Sie HTTPS_PROXY, HTTP_PROXY und NO_PROXY',
};
