import { describe, expect, it } from 'vitest';
import { strictTranslatorOf, translatorOf, type Told } from './translator.js';

const told: readonly Told[] = [
  {
    sentences: {
      'The folder “{1}” is gone.': 'Der Ordner „{1}“ ist weg.',
      'It is not at the {1} any more.': 'Es ist nicht mehr {1 source{in der Quelle} destination{im Ziel}}.',
      'Its folder is left out: {1}': 'Der Ordner dafür wird ausgelassen: {1}',
      '“{1}” {2}.': '„{1}“ {2}.',
      'Look again later.': 'Sehen Sie später nach.',
      '{1} is {2}.': '{1} {2 new{ist neu} other{#}}.',
      'It ends after {1}{2} that changed nothing.': 'Er endet nach {1}{2}, die nichts änderten.',
      'The file at the destination is read only.': 'Die Datei [im Ziel|in der Quelle] ist schreibgeschützt.',
      '{1} What a name has of it is taken off.': '{1} Was ein Name davon hat, wird entfernt.',
      'No white space.': 'Keine Leerzeichen.',
      '{1} has locked {2} at the destination.': '{1} hat {2} [im Ziel|in der Quelle] gesperrt.',
      ' Versions come in order.': 'Versionen kommen der Reihe nach.',
    },
    fragments: {
      'the file': 'die Datei',
      file: 'Datei',
      'cannot be read: the disk reports an error': 'ist nicht lesbar: Die Platte meldet einen Fehler',
      MOVE: 'Verschieben',
      'The file': 'Die Datei',
      '{1} runs': '{1} Läufen',
      ' in a row': 'in Folge',
      '{1} or {2}': '{1} oder {2}',
      'is wrong: {1}': 'ist falsch: {1}',
      Imitated: 'Nachgebildet',
      '{1} and {2}': '{1} und {2}',
      '{1} bytes': '{1} Byte',
      'The {1}': '{1 file{Die Datei} folder{Der Ordner}}',
      'has at most {1} entries.': 'hat höchstens {1} Einträge.',
    },
  },
];
const translate = translatorOf(told);
const translateStrictly = strictTranslatorOf(told);

describe('a text of the server', () => {
  it.each([
    ['is said with its values', 'The folder “a/b” is gone.', 'Der Ordner „a/b“ ist weg.'],
    ['keeps a name that is also a word', 'The folder “the file” is gone.', 'Der Ordner „the file“ ist weg.'],
    ['chooses by a value', 'It is not at the source any more.', 'Es ist nicht mehr in der Quelle.'],
    ['keeps a value that has no choice', 'It is not at the moon any more.', 'Es ist nicht mehr moon.'],
    [
      'is said within another',
      'Its folder is left out: Look again later.',
      'Der Ordner dafür wird ausgelassen: Sehen Sie später nach.',
    ],
    [
      'has words for its pieces',
      'It ends after 3 runs in a row that changed nothing.',
      'Er endet nach 3 Läufen in Folge, die nichts änderten.',
    ],
    [
      'has no words for a piece that is absent',
      'It ends after 3 runs that changed nothing.',
      'Er endet nach 3 Läufen, die nichts änderten.',
    ],
    [
      'is told with both sides exchanged',
      'The file at the source is read only.',
      'Die Datei in der Quelle ist schreibgeschützt.',
    ],
    [
      'begins with a sentence',
      'No white space. What a name has of it is taken off.',
      'Keine Leerzeichen. Was ein Name davon hat, wird entfernt.',
    ],
    ['names a person', 'Jane Doe has locked the file at the destination.', 'Jane Doe hat die Datei im Ziel gesperrt.'],
    [
      'of several sentences',
      'Look again later. The folder “x. Y” is gone. Versions come in order.',
      'Sehen Sie später nach. Der Ordner „x. Y“ ist weg. Versionen kommen der Reihe nach.',
    ],
    ['of which one is known', 'Brand new. Look again later.', 'Brand new. Sehen Sie später nach.'],
    ['of which the first is known', 'Look again later. Brand new.', 'Sehen Sie später nach. Brand new.'],
    ['that is a label and a note', 'Imitated. No white space.', 'Nachgebildet. Keine Leerzeichen.'],
    ['that is a label with a figure', '255 bytes', '255 Byte'],
    ['with a template of few words', 'The file is new.', 'Die Datei ist neu.'],
    ['that only looks like one of few words', 'The sun is big.', 'The sun is big.'],
    ['with a piece that only looks like one', 'The sun is new.', 'The sun is new.'],
    ['that lists codes', 'CHECKSUM or MOVE', 'CHECKSUM oder Verschieben'],
    ['that lists paths', '/srv/plans or /mnt', '/srv/plans oder /mnt'],
    ['about an argument', 'input.rules has at most 50 entries.', 'input.rules hat höchstens 50 Einträge.'],
    [
      'about an argument in several sentences',
      'rules.0 is wrong: No white space. Look again later.',
      'rules.0 ist falsch: Keine Leerzeichen. Sehen Sie später nach.',
    ],
    ['that is a small word alone', 'file', 'file'],
    ['that is a code alone', 'MOVE', 'MOVE'],
    [
      'about a long path',
      '“/drawings/level 4/north/plan of the harbour.pdf” cannot be read: the disk reports an error.',
      '„/drawings/level 4/north/plan of the harbour.pdf“ ist nicht lesbar: Die Platte meldet einen Fehler.',
    ],
    ['that people wrote', 'Bob and Alice', 'Bob and Alice'],
    ['that is not known', 'Something quite else happened.', 'Something quite else happened.'],
    ['that is empty', '', ''],
    ['with signs of patterns', 'The folder “$& (a|b)* $1” is gone.', 'Der Ordner „$& (a|b)* $1“ ist weg.'],
  ])('%s', (_, english, german) => {
    expect(translate(english)).toBe(german);
    expect(translate(english)).toBe(german);
  });

  it('of any length and form is answered soon', () => {
    const hostile = [
      'It ends after '.repeat(280),
      'a. B'.repeat(2_000),
      `The folder “${'x”“'.repeat(1_000)}” is gone.`,
      'No. '.repeat(900),
    ];
    const began = performance.now();
    for (const text of hostile) translate(text);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('a text of which another part may know more', () => {
  it.each([
    ['is said with a name in quotation marks', 'The folder “a/b” is gone.', 'Der Ordner „a/b“ ist weg.'],
    [
      'is said with a figure',
      'It ends after 3 runs that changed nothing.',
      'Er endet nach 3 Läufen, die nichts änderten.',
    ],
    [
      'is said with words that are known',
      'Its folder is left out: Look again later.',
      'Der Ordner dafür wird ausgelassen: Sehen Sie später nach.',
    ],
    ['is said with a path', 'is wrong: /srv/plans', 'ist falsch: /srv/plans'],
    ['is said with extensions', '.pdf or .txt', '.pdf oder .txt'],
    [
      'is said when all of its sentences are known',
      'Look again later. No white space.',
      'Sehen Sie später nach. Keine Leerzeichen.',
    ],
    ['is one with a word that is not known', 'Jane Doe has locked the file at the destination.', null],
    ['is one with a sentence that is not known within', 'Its folder is left out: Brand new.', null],
    ['is one that has no choice for its value', 'It is not at the moon any more.', null],
    ['is one that ends with what is not known', 'Look again later. Brand new.', null],
    ['is one that begins with what is not known', 'Brand new. Look again later.', null],
    ['is one that is not known', 'Something quite else happened.', null],
    ['is none when nothing is said', '/ U+0000', '/ U+0000'],
    ['is none for an extension', '.pdf', '.pdf'],
    ['is none for a code', 'AB12', 'AB12'],
  ])('%s', (_, english, german) => {
    expect(translateStrictly(english)).toBe(german);
    expect(translateStrictly(english)).toBe(german);
  });
});
