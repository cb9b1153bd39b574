import { names } from './names.js';
import type { Told } from './translator.js';

/** What stands as a value in sentences of every lot. */
export const shared: Told = {
  sentences: {
    // What findings quote of what a platform can hold.
    'No white space at the ends of a name, nor before or after its extension.':
      'Keine Leerzeichen an den Enden eines Namens, auch nicht vor oder nach seiner Endung.',
  },
  fragments: {
    ...names,
    '{1} characters': '{1} Zeichen',
    Schedules: 'Schedules',
    'Emailed Documents': 'Emailed Documents',
    // Words that stand as values.
    source: 'Quelle',
    destination: 'Ziel',
    'source and the destination': 'Quelle und Ziel',
    file: 'Datei',
    folder: 'Ordner',
    'The file': 'Die Datei',
    'The folder': 'Der Ordner',
    '"/{1}": {2}': '„/{1}“: {2}',
    '“{1}” {2}.': '„{1}“ {2}.',
    '“{1}”: {2}': '„{1}“: {2}',
    '{1} and {2}': '{1} und {2}',
    '{1} or {2}': '{1} oder {2}',
    '{1}, {2}': '{1}, {2}',
    '{1}; {2}': '{1}; {2}',
    // Ways of a request.
    '{1}: No answer within {2} s.': '{1}: Keine Antwort innerhalb von {2} s.',
  },
};
