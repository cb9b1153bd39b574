import { seeded } from '../support/random.js';

const TRAVERSAL = [
  ...[
    '..',
    '.',
    '../x',
    '../../etc/passwd',
    '..\\..\\x',
    '/etc/passwd',
    '//server/share',
    'C:\\x',
    'C:x',
    '\\\\host\\c$',
  ],
  ...['%2e%2e%2fx', '..%2fx', '..%c0%afx', '....//x', '..;', '~', '~root', '$HOME', '${x}', '`id`', '|id', '-rf', '--'],
  ...[
    'file:///x',
    'x/../../y',
    '.../x',
    '. .',
    '.. ',
    ' ..',
    '..\u200b',
    '．．／x',
    '․․/x',
    'x/',
    '/',
    '\\',
    'a//b',
    '',
  ],
];

const DEVICES = ['CON', 'PRN', 'AUX', 'NUL', ...[1, 2, 9].flatMap((n) => [`COM${n}`, `LPT${n}`]), 'COM¹', 'CONIN$'];
const RESERVED = [
  ...DEVICES.flatMap((name) => [name, name.toLowerCase(), `${name}.txt`, `${name}.`, `${name} `, `${name}:x`]),
  ...[
    '.git',
    '.htaccess',
    'desktop.ini',
    'Thumbs.db',
    '.sluice-trash',
    '.sluice-1.part',
    '$RECYCLE.BIN',
    'System Volume Information',
  ],
  ...['Recycle Bin', 'Schedules', 'Emailed Documents', 'schedules'],
];

const characters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));
const CONTROLS = [...characters(0, 31), ...characters(127, 159), '\u2028', '\u2029', '\ufeff', '\u00ad', '\ufffe'];
const BIDI = [...characters(0x202a, 0x202e), ...characters(0x2066, 0x2069), '\u200e', '\u200f', '\u061c'];
const SYMBOLS = [...'<>:"|?*\\/;&%#@!^`\'{}[]+=,'];
const around = (odd: string) => [`a${odd}`, `${odd}a`, `a${odd}b.txt`];

const LONG = [254, 255, 256, 300, 1_000, 5_000].flatMap((length) => [
  'a'.repeat(length),
  `${'b'.repeat(length - 4)}.txt`,
  'é'.repeat(length >> 1),
  '😀'.repeat(length >> 2),
  `x.${'y'.repeat(length - 2)}`,
]);

const TWINS = ['Twin', 'é', 'ß', 'İ', 'K', 'ﬁ', 'Ǆ', 'Å', '한', 'ẞ.TXT', 'σς', 'ı'].flatMap((name) => [
  ...[name, name.toLowerCase(), name.toUpperCase()],
  ...(['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) => name.normalize(form)),
]);

const ENDS = ['x', 'x.txt', 'x.tar.gz', '.x'].flatMap((name) =>
  ['.', '..', ' ', '. ', ' .', '\u00a0', '\u3000', '\t', '...'].flatMap((end) => [`${name}${end}`, `${end}${name}`]),
);
const LONE = ['\ud800', 'x\udc00.txt', '\ud83d', 'a\udfffb'];

/** So many names that somebody might hand in to break out, hide or collide; each once, and the same for the same seed. */
export function hostileNames(count: number, seed = 1): string[] {
  const told = [
    ...[TRAVERSAL, RESERVED, LONG, TWINS, ENDS, LONE].flat(),
    ...[...CONTROLS, ...BIDI, ...SYMBOLS].flatMap(around),
  ];
  const names = new Set(told);
  const random = seeded(seed);
  const one = () => told[Math.floor(random() * told.length)]!;
  while (names.size < count) names.add(`${one()}${one()}`);
  return [...names].slice(0, count);
}

/** Whether Linux holds the name. */
export const isHeldByLinux = (name: string): boolean =>
  !['', '.', '..'].includes(name) &&
  !/[/\0]/u.test(name) &&
  !/\p{Surrogate}/u.test(name) &&
  Buffer.byteLength(name) <= 255;
