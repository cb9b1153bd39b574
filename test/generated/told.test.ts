import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { everydaySentences, EVERYDAY_LOTS, ROOMS, sentencesIn, sentencesOf, wordsOf, type Room } from './sentences.js';

const FOLDER = fileURLToPath(new URL('../../apps/admin/src/language/told/', import.meta.url));
const SIDE = /\b(source|destination)\b/;
/** What is told only as it stands: remedies, findings about the whole of a plan or run. */
const OF_ONE_SIDE: readonly string[] = [
  'Change the mapping, or the item at the source.',
  'Rename it at the source, or change the policy of the job.',
  'The folder that was the destination is not there any more.',
  'The source cannot be listed.',
  'The source could not be listed as a whole, so what is migrated is not fixed yet: what the next whole listing shows is migrated too.',
  'The source has {1} versions of the file and tells of {2}.',
  'destination, and is put back',
];

const rooms = Object.keys(ROOMS) as Room[];

const LOTS = [...EVERYDAY_LOTS, 'rare'] as const;
type Lot = (typeof LOTS)[number];
type Texts = Readonly<Record<string, string>>;

/** A file of German texts below the folder. */
const fileOf = <T = Record<string, Texts>>(name: string): Promise<T> =>
  import(/* @vite-ignore */ `${FOLDER}${name}.ts`);

/** German of a room that is loaded together. */
async function lotOf(lot: Lot, room: Room): Promise<Texts> {
  if (!existsSync(`${FOLDER}${lot}/${room}.de.ts`)) return {};
  const { sentences, fragments } = await fileOf(`${lot}/${room}.de`);
  return { ...sentences, ...fragments };
}

/** What the web app says in German for the texts of a room. */
async function germanOf(room: Room): Promise<Texts> {
  const { shared } = await fileOf<{ shared: { sentences: Texts; fragments: Texts } }>('shared');
  const lots = await Promise.all(LOTS.map((lot) => lotOf(lot, room)));
  return Object.assign({}, shared.sentences, shared.fragments, ...lots) as Texts;
}

/** Placeholders of a text, each once, such as `1, 2`. */
const placesIn = (text: string) =>
  [...new Set([...text.matchAll(/\{(\d+)[ }]/g)].map(([, place]) => place))].sort().join(', ');

/** Words of a text, small. */
const wordsIn = (text: string) => text.toLowerCase().match(/\p{L}[\p{L}_]+/gu) ?? [];

const said = new Set(rooms.flatMap((room) => [...wordsOf(room)]));
const isSaid = (word: string) => said.has(word) || said.has(word.replace(/s$/, ''));

describe.each(rooms)('German of what %s says', async (room) => {
  const german = await germanOf(room);
  const told = sentencesOf(room);

  it('is there for every sentence', () => {
    expect(told.size).toBeGreaterThan(100);
    expect([...told].filter((text) => german[text] === undefined)).toEqual([]);
  });

  it('is of nothing that is told no more', () => {
    const others = Object.keys(german).filter((text) => !told.has(text));
    expect(others.filter((text) => !wordsIn(text).every(isSaid))).toEqual([]);
  });

  it('has all values of the English', () => {
    const wrong = Object.entries(german).filter(([text, other]) => placesIn(text) !== placesIn(other));
    expect(wrong.map(([text]) => text)).toEqual([]);
  });
});

describe('the lots of German', async () => {
  const textsOf = async (lot: Lot) =>
    (await Promise.all(rooms.map((room) => lotOf(lot, room)))).flatMap((texts) => Object.keys(texts));
  const lots = await Promise.all(LOTS.map(async (lot) => [lot, await textsOf(lot)] as const));
  const told = everydaySentences();
  const everywhere = new Set(rooms.flatMap((room) => [...sentencesOf(room)]));

  it('are each of the sources that tell it: of several the first lot', () => {
    expect(told.size).toBeGreaterThan(400);
    const wrong = lots.flatMap(([lot, texts]) =>
      texts.filter((text) => everywhere.has(text) && (told.get(text) ?? 'rare') !== lot).map((text) => [lot, text]),
    );
    expect(wrong).toEqual([]);
  });

  it('have no text in common', () => {
    const all = lots.flatMap(([, texts]) => [...new Set(texts)]);
    expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
  });
});

describe('German of what the engine says with both sides exchanged', () => {
  it('has words for either side', async () => {
    const german = await germanOf('core');
    const ofSides = [...sentencesOf('core', /^(plan|run)\/(?!losses)/)].filter(
      (text) => SIDE.test(text) && !/"/.test(text),
    );
    expect(ofSides.length).toBeGreaterThan(50);
    const fixed = ofSides.filter((text) => !/\[[^|\]]+\|[^|\]]+\]/.test(german[text] ?? ''));
    expect(fixed.filter((text) => !OF_ONE_SIDE.includes(text))).toEqual([]);
    expect(OF_ONE_SIDE.filter((text) => !fixed.includes(text))).toEqual([]);
  });
});

describe('sentences of a source', () => {
  it.each([
    ['throw new PlatformError("A", "It is gone.");', ['It is gone.']],
    ['const x = { message: `${count} of ${all} came.` };', ['{1} of {2} came.']],
    ['say("One half, " + "and the other.");', ['One half, and the other.']],
    [
      'say(`It is ${isNew ? "quite new" : `as old as ${age} days`}.`);',
      ['It is {1}.', 'quite new', 'as old as {1} days'],
    ],
    ['say(`It ${what} ` + "is " + name);', ['It {1} is {2}']],
    ['const label = "Versions";', ['Versions']],
    ['throw new Error("No such state.");', []],
    ['log.info({ id }, "it has begun");', []],
    ['import { a } from "a and b";', []],
    ['const key = "FILE"; const path = "a/b"; const type: "it is" = x;', []],
    ['@Field({ description: "What it is." }) class A {}', []],
  ])('%s', (code, expected) => {
    expect(sentencesIn('a.ts', code)).toEqual(expected);
  });
});
