import { expect } from 'vitest';
import type { Limits } from '../../platform/index.js';
import type { Bench, Promises } from './bench.js';
import { failureOf, sampleBytes } from './bytes.js';

const NAMES = [
  'two  spaces in it.txt',
  "single'quote.txt",
  'double"quote.txt',
  '.leading-dot.txt',
  '-leading-dash.txt',
  'no-extension',
  'many.dots.in.it.tar.gz',
  '100%.txt',
  'a%20b%2Fc.txt',
  'hash#mark.txt',
  'a&b=c+d;e,f@g.txt',
  '$HOME `x` {y} [z] (w)~^!.txt',
  'back\\slash.txt',
  'question?mark*.txt',
  'emoji 🏗️👷.txt',
  'Grundriß Größe ñ ø ł.txt',
  '設計図 图纸 도면.txt',
  'مخطط.txt',
  'NFC \u00e9\u00fc.txt',
  'NFD e\u0301u\u0308.txt',
  `${'long '.repeat(39)}.txt`.replaceAll(' ', '_'),
];

function isLegal(name: string, bench: Bench): boolean {
  const { limits } = bench.platform;
  const lengthOf = (text: string, unit: Limits['pathLengthUnit']) =>
    unit === 'UTF8' ? Buffer.byteLength(text) : text.length;
  return (
    !limits.forbiddenCharacters.some((one) => name.includes(one)) &&
    lengthOf(name, limits.segmentLengthUnit) <= (limits.maxSegmentLength ?? Infinity) &&
    lengthOf(bench.path(`folder/${name}`).join('/'), limits.pathLengthUnit) <= (limits.maxPathLength ?? Infinity)
  );
}

/** Names that differ for this platform. */
function twins(limits: Limits): [string, string][] {
  return [
    ...(limits.isCaseSensitive ? [['Plan.txt', 'plan.txt'] as [string, string]] : []),
    ...(limits.isUnicodeFormSensitive ? [['caf\u00e9.txt', 'cafe\u0301.txt'] as [string, string]] : []),
  ];
}

export function namePromises(promise: Promises): void {
  promise('keeps every legal name of a file', ['destination', 'reading'], async (bench) => {
    const names = NAMES.filter((name) => isLegal(name, bench));
    for (const [index, name] of names.entries()) {
      const { item } = await bench.write(name, sampleBytes(100, index + 1));
      expect(item.path.at(-1)).toBe(name);
      expect(await bench.existing(name)).toMatchObject({ id: item.id });
      expect(await bench.read(item)).toEqual(sampleBytes(100, index + 1));
    }
    if (bench.platform.source) expect(await bench.names()).toEqual([...names].sort());
  });

  promise('keeps every legal name of a folder', ['destination'], async (bench) => {
    const parent = await bench.root();
    for (const name of NAMES.filter((one) => isLegal(one, bench))) {
      const made = await bench.destination.ensureFolder({ parent, name }, bench.call());
      expect(made.path.at(-1)).toBe(name);
      expect(await bench.existing(name)).toMatchObject({ id: made.id });
    }
  });

  promise('lists and opens every legal name that others wrote', ['source', 'seed'], async (bench) => {
    const names = NAMES.filter((name) => isLegal(name, bench));
    await bench.seed(...names.map((name) => ({ path: `folder/${name}`, bytes: name })));
    const files = await bench.list({ path: bench.path('folder') });
    expect(files.map((file) => file.path.at(-1)).sort()).toEqual([...names].sort());
    for (const file of files) expect(new TextDecoder().decode(await bench.read(file))).toBe(file.path.at(-1));
  });

  promise('holds apart the names that its limits say are different', ['destination', 'reading'], async (bench) => {
    for (const [one, other] of twins(bench.platform.limits)) {
      const first = await bench.write(one, sampleBytes(10, 1));
      const second = await bench.write(other, sampleBytes(10, 2));
      expect(await bench.read(first.item)).toEqual(sampleBytes(10, 1));
      expect(await bench.read(second.item)).toEqual(sampleBytes(10, 2));
    }
  });

  promise(
    'throws NAME_TAKEN for names that differ only in case where case does not count',
    ['destination', 'folding of case'],
    async (bench) => {
      await bench.write('Plan.txt', sampleBytes(10));
      expect((await failureOf(bench.write('plan.txt', sampleBytes(10, 2)))).kind).toBe('NAME_TAKEN');
    },
  );
}
