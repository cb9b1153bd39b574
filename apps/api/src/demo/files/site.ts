import { below, dice } from './dice.js';
import { drawingDxf, drawingPdf, drawingSvg } from './drawing.js';
import { docx, xlsx } from './office.js';
import { photo } from './png.js';

export interface DemoFile {
  /** Segments below the demo folder. */
  path: readonly string[];
  bytes: () => Buffer;
}

const padded = (number: number, digits = 3): string => String(number).padStart(digits, '0');
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** The site folder of a pier under construction: about 300 files in 40 folders, the same at every call. */
export function siteFiles(): DemoFile[] {
  return [
    ...drawings(),
    ...photos(),
    ...permits(),
    ...schedules(),
    ...letters(),
    ...requests(),
    ...survey(),
    ...oddNames(),
    tooLong(),
  ];
}

function drawings(): DemoFile[] {
  const disciplines = [
    { folder: 'Architectural', letter: 'A', count: 30 },
    { folder: 'Structural', letter: 'S', count: 34 },
    { folder: 'Mechanical & Electrical', letter: 'ME', count: 22 },
  ];
  const sheets = disciplines.flatMap(({ folder, letter, count }) =>
    range(count).map((number): DemoFile => {
      const title = `${letter}-${padded(100 + number)} Deck level ${1 + (number % 4)}`;
      return { path: ['01 Drawings', folder, `${title}.pdf`], bytes: () => drawingPdf(title, 120 + number * 9) };
    }),
  );
  const models = range(12).map((number): DemoFile => {
    const title = `S-${padded(100 + number)} Pile cap`;
    return { path: ['01 Drawings', 'Structural', 'CAD', `${title}.dxf`], bytes: () => drawingDxf(title, 400) };
  });
  const details = range(14).map((number): DemoFile => {
    const title = `Detail ${number} – fender & bollard`;
    return { path: ['01 Drawings', 'Details', `${title}.svg`], bytes: () => drawingSvg(title, 90) };
  });
  return [...sheets, ...models, ...details];
}

function photos(): DemoFile[] {
  return ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09'].flatMap((month) =>
    range(20).map((number): DemoFile => {
      const name = `IMG_${month.slice(5)}${padded(number)}.png`;
      return { path: ['02 Photos', month, name], bytes: () => photo(`${month}${name}`) };
    }),
  );
}

function permits(): DemoFile[] {
  const titles = [
    'Building permit',
    'Water rights',
    'Noise at night',
    'Road closure Quay Street',
    'Crane over public ground',
  ];
  return titles.flatMap((title, index) => [
    { path: ['03 Permits', `${padded(index + 1, 2)} ${title}`, `${title}.pdf`], bytes: () => drawingPdf(title, 30) },
    { path: ['03 Permits', `${padded(index + 1, 2)} ${title}`, 'Conditions.txt'], bytes: () => prose(title, 40) },
  ]);
}

function schedules(): DemoFile[] {
  return range(10).flatMap((week) => [
    {
      path: ['04 Schedules', `Week ${padded(week, 2)}.csv`],
      bytes: () =>
        Buffer.from(
          table(week)
            .map((row) => row.join(','))
            .join('\r\n'),
        ),
    },
    { path: ['04 Schedules', 'Workbooks', `Week ${padded(week, 2)}.xlsx`], bytes: () => xlsx(table(week)) },
  ]);
}

function table(week: number): string[][] {
  const roll = dice(`week ${week}`);
  const crews = ['Piling', 'Formwork', 'Concrete', 'Steel', 'Electrical'];
  const rows = crews.map((crew) => [
    crew,
    String(4 + below(roll, 9)),
    `${20 + below(roll, 30)} h`,
    `Axis ${1 + below(roll, 18)}`,
  ]);
  return [['Crew', 'People', 'Hours', 'Place'], ...rows];
}

function letters(): DemoFile[] {
  return range(16).map((number): DemoFile => {
    const name = `2026-0${5 + (number % 5)}-${padded(1 + number, 2)} Letter ${number}.docx`;
    return { path: ['05 Correspondence', number % 2 ? 'In' : 'Out', name], bytes: () => docx(sentences(name, 12)) };
  });
}

function requests(): DemoFile[] {
  return range(12).flatMap((number) => {
    const folder = ['06 RFIs', `RFI ${padded(number)}`];
    return [
      { path: [...folder, 'Question.txt'], bytes: () => prose(`question ${number}`, 14) },
      { path: [...folder, 'Answer', 'Answer.txt'], bytes: () => prose(`answer ${number}`, 22) },
      { path: [...folder, 'Answer', 'Sketch.svg'], bytes: () => drawingSvg(`Sketch ${number}`, 20) },
    ];
  });
}

/** One file of eight megabytes, so that the progress within one item can be seen. */
function survey(): DemoFile[] {
  return [{ path: ['07 Survey', 'Laser scan of the deck.ply'], bytes: () => pointCloud(520_000) }];
}

function pointCloud(points: number): Buffer {
  const roll = dice('laser');
  const properties = ['x', 'y', 'z'].map((axis) => `property float ${axis}\n`).join('');
  const head = Buffer.from(
    `ply\nformat binary_little_endian 1.0\nelement vertex ${points}\n${properties}property float intensity\nend_header\n`,
  );
  const body = new Float32Array(points * 4);
  for (let index = 0; index < body.length; index++) body[index] = roll() * 40;
  return Buffer.concat([head, Buffer.from(body.buffer)]);
}

/** Names that other programs have failed on: each is allowed on a Linux share, and some have to be changed for Procore. */
function oddNames(): DemoFile[] {
  const names = [
    'Prüfbericht Größe Träger.txt',
    'Prüfbericht Ä (decomposed).txt'.normalize('NFD'),
    '現場写真 第四埠頭.txt',
    'Схема причала.txt',
    'رسم الرصيف.txt',
    '👷 Toolbox talk 🦺.txt',
    'Readme.TXT',
    'readme.txt',
    '.hidden notes.txt',
    'Ratio 1:50.txt',
    'Ready for handover?.txt',
    'Rev <3> | draft*.txt',
    '100 % done #4 & more.txt',
    "Client's “final” copy.txt",
    'two  spaces   inside.txt',
    ' leading space.txt',
    'no extension',
    'archive.tar.gz.bak.txt',
    `${'A very long name that says everything about the drawing and its history '.repeat(2).trim()}.txt`,
    'a+b=c;d@e,f~g`h$i^j{k}[l](m).txt',
  ];
  const allowed = process.platform === 'win32' ? names.filter((name) => !/[<>:"|?*]/.test(name)) : names;
  return allowed.map((name) => ({ path: ['08 All kinds of names', name], bytes: () => prose(name, 6) }));
}

/** One file whose path is longer than Procore takes, so that a copy has something to flag. */
function tooLong(): DemoFile {
  const matters = 'deck levels, fenders, bollards, drains, joints, cranes, permits, night work and road closures';
  const name = `Minutes of the weekly meeting with harbour master, contractor, surveyor and client on ${matters}, with all open points, who sees to them and by when.docx`;
  return { path: ['08 All kinds of names', name], bytes: () => docx(sentences(name, 12)) };
}

const prose = (seed: string, count: number): Buffer => Buffer.from(`${sentences(seed, count).join('\n')}\n`);

function sentences(seed: string, count: number): string[] {
  const roll = dice(seed);
  const who = ['The contractor', 'The harbour master', 'The surveyor', 'The client', 'The crane driver'];
  const what = ['checks', 'confirms', 'asks about', 'has measured', 'will replace', 'accepts'];
  const things = [
    'the pile at axis',
    'the fender at axis',
    'the bollard at axis',
    'the joint at axis',
    'the drain at axis',
  ];
  const pick = (words: readonly string[]): string => words[below(roll, words.length)] ?? '';
  return range(count).map(() => `${pick(who)} ${pick(what)} ${pick(things)} ${1 + below(roll, 18)}.`);
}
