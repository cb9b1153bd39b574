import { env } from 'node:process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Idempotency } from '../access/idempotency.js';
import { describeOnBothDatabases, type OpenFresh } from '../db/testing.js';
import type { Context } from '../graphql/context.js';
import { csvLine } from '../reports/lines.js';
import { ENTRY_COLUMNS, entryCells, RULE_COLUMNS, ruleCells } from './csv-tables.js';
import { ImportService, type ImportRequest } from './import.service.js';
import { MappingService } from './mapping.service.js';
import type { MappingSetInput } from './mapping.types.js';

/** Damaged files in `npm test`; `SLUICE_CSV_FILES` sets another number. */
const FILES = Number(env['SLUICE_CSV_FILES'] ?? 200);
/** The same files each time; another number gives others. */
const SEED = Number(env['SLUICE_TEST_SEED'] ?? 20_261_127);
const context = { caller: { actorId: 'usr_1' } } as Context;

async function scene(open: OpenFresh, kind: 'TAG' | 'METADATA', input: MappingSetInput = {}) {
  const changes = { record: async () => undefined };
  const base = { db: await open(), clock: { now: () => 0 }, changes } as unknown as ConstructorParameters<
    typeof MappingService
  >[0];
  const once = {
    once: async (_context: unknown, _request: unknown, prepare: () => Promise<never>) =>
      base.db.transact(await prepare()),
  };
  const mappings = new MappingService(base, once as unknown as Idempotency);
  const made = {
    kind,
    sourcePlatform: 'PROCORE',
    destinationPlatform: 'PROCORE',
    input: { name: 'Set', ...input },
  } as const;
  const { id } = await mappings.create(made, null, context);
  const imports = new ImportService(mappings);
  return {
    mappings,
    id,
    import: (csv: string, more: Partial<ImportRequest> = {}) =>
      imports.import({ mappingSetId: id, csv, replaceAll: false, dryRun: false, ...more }, context),
    state: async () => (await mappings.complete([id]))[0]!,
    entries: async () =>
      Object.fromEntries(
        (await mappings.complete([id]))[0]!.entries.map((entry) => [entry.sourceKey, entry.destinationKey]),
      ),
  };
}

const HEAD = 'sourceKey,destinationKey\n';
const counts = ({ addedCount, replacedCount, deletedCount }: Awaited<ReturnType<ImportService['import']>>) => [
  addedCount,
  replacedCount,
  deletedCount,
];

describeOnBothDatabases('import of entries', (open) => {
  it('adds, replaces and, when asked, deletes; rows that are the same count nowhere', async () => {
    const set = await scene(open, 'TAG');
    expect(counts(await set.import(`${HEAD}a,1\nb,2\nc,3`))).toEqual([3, 0, 0]);
    expect(counts(await set.import(`${HEAD}a,1\nb,9\nd,4`))).toEqual([1, 1, 0]);
    expect(await set.entries()).toEqual({ a: '1', b: '9', c: '3', d: '4' });
    expect(counts(await set.import(`${HEAD}b,9\ne,5`, { replaceAll: true }))).toEqual([1, 0, 3]);
    expect(await set.entries()).toEqual({ b: '9', e: '5' });
  });

  it('changes nothing in a dry run, and tells the same', async () => {
    const set = await scene(open, 'TAG');
    await set.import(`${HEAD}a,1`);
    const before = await set.state();
    const { mappingSet, ...told } = await set.import(`${HEAD}a,2\nb,2`, { dryRun: true, replaceAll: true });
    expect({ id: mappingSet?.id, ...told }).toEqual({
      id: set.id,
      addedCount: 1,
      replacedCount: 1,
      deletedCount: 0,
      rowErrors: [],
    });
    expect(await set.state()).toEqual(before);
  });

  it('imports nothing where one row cannot be used, and tells at most 200 rows', async () => {
    const set = await scene(open, 'TAG');
    const before = await set.state();
    const { mappingSet, rowErrors } = await set.import(`${HEAD}a,1\nb,\n${'c,1\n'.repeat(300)}`);
    expect(mappingSet).toBeNull();
    expect(rowErrors.slice(0, 2).map(({ line, column }) => [line, column])).toEqual([
      [3, 'destinationKey'],
      [5, 'sourceKey'],
    ]);
    expect(rowErrors).toHaveLength(200);
    expect(await set.state()).toEqual(before);
  });

  it('takes more rows than one statement does', async () => {
    const set = await scene(open, 'TAG');
    const csv = HEAD + Array.from({ length: 1_500 }, (_, at) => `${at},x`).join('\n');
    expect(counts(await set.import(csv))).toEqual([1_500, 0, 0]);
    const again = csv.replace('\n7,x', '\n7,y');
    expect(counts(await set.import(again, { replaceAll: true }))).toEqual([0, 1, 0]);
  });
});

describeOnBothDatabases('import of rules', (open) => {
  const rule = (destinationField: string, fixedValue: string) => ({
    destinationField,
    value: { fixedValue },
    isRequired: false,
  });
  const line = (field: string, value: string) => `${field},,${value},,,false,\n`;
  const head = `${RULE_COLUMNS.join(',')}\n`;

  it('puts all rules for a field in the place of those that it had, and leaves other fields', async () => {
    const set = await scene(open, 'METADATA', { metadataRules: [rule('a', '1'), rule('a', '2'), rule('b', '3')] });
    expect(counts(await set.import(head + line('a', '9') + line('c', '4')))).toEqual([1, 1, 1]);
    const values = async () =>
      (await set.state()).metadataRules.map(({ destinationField, origin }) => [
        destinationField,
        origin.kind === 'FIXED' && origin.value,
      ]);
    expect(await values()).toEqual([
      ['b', '3'],
      ['a', '9'],
      ['c', '4'],
    ]);
    expect(counts(await set.import(head + line('c', '4'), { replaceAll: true }))).toEqual([0, 0, 2]);
    expect(await values()).toEqual([['c', '4']]);
  });

  it('refuses more rules than a set has', async () => {
    const set = await scene(open, 'METADATA', { metadataRules: [rule('z', '1')] });
    const many = head + Array.from({ length: 200 }, (_, at) => line(`f${at}`, 'x')).join('');
    await expect(set.import(many)).rejects.toMatchObject({ problems: [{ code: 'LIMIT_EXCEEDED' }] });
    expect(counts(await set.import(many, { replaceAll: true }))).toEqual([200, 0, 1]);
  });

  it('reads what an export wrote as the same', async () => {
    const set = await scene(open, 'METADATA', {
      metadataRules: [rule('a', '=1'), rule('a', "'+2"), rule('b', 'x,"y"')],
    });
    const exported = [RULE_COLUMNS, ...(await set.state()).metadataRules.map(ruleCells)].map(csvLine).join('');
    expect(counts(await set.import(exported, { replaceAll: true }))).toEqual([0, 0, 0]);
  });
});

const DAMAGE = [
  '',
  '"',
  ',',
  '\n',
  '\r',
  '\r\n',
  '\ufeff',
  '\0',
  '\ud800',
  '""',
  'a,1\n',
  ',,',
  'sourceKey',
  '\\',
  ';=',
  '{',
];

/** A good file with some damage: pieces that are missing, doubled or strange. */
const damagedOf = (head: string, row: fc.Arbitrary<readonly string[]>) =>
  fc
    .record({
      rows: fc.array(row, { maxLength: 6 }),
      damage: fc.array(fc.record({ at: fc.nat(400), cut: fc.nat(3), put: fc.constantFrom(...DAMAGE) }), {
        maxLength: 4,
      }),
    })
    .map(({ rows, damage }) =>
      damage.reduce(
        (text, { at, cut, put }) =>
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut),
        head + rows.map((cells) => cells.join(',')).join('\r\n'),
      ),
    );

const entryRow = fc.tuple(fc.constantFrom('a', 'b', '"c"', 'dé', "'=e"), fc.constantFrom('1', '"2,3"', '""', "'@4"));
const ruleRow = fc.tuple(
  fc.constantFrom('a', 'b', '"c d"'),
  fc.constantFrom('', '', 'owner'),
  fc.constantFrom('x', "'=1", '""'),
  fc.constantFrom('', '', 'From {path}', '{nothing}'),
  fc.constantFrom('', '0'),
  fc.constantFrom('true', 'false', ''),
  fc.constantFrom('', 'x=y', String.raw`a\;b=c;d=e`),
);

describeOnBothDatabases('damaged files', (open) => {
  it.each([
    { kind: 'TAG', csv: damagedOf(HEAD, entryRow), first: `${HEAD}a,0\nz,0` },
    {
      kind: 'METADATA',
      csv: damagedOf(`${RULE_COLUMNS.join(',')}\n`, ruleRow),
      first: `${RULE_COLUMNS.join(',')}\na,,0,,,false,\n`,
    },
  ] as const)('of $kind are told row by row or imported whole, never in part', { timeout: 600_000 }, async (given) => {
    const set = await scene(open, given.kind);
    await set.import(given.first);
    const content = ({ entries, metadataRules }: Awaited<ReturnType<typeof set.state>>) =>
      given.kind === 'TAG' ? entries.map(entryCells) : metadataRules.map(ruleCells);
    const columns = given.kind === 'TAG' ? ENTRY_COLUMNS : RULE_COLUMNS;
    const outcomes = { imported: 0, refused: 0 };
    const property = fc.asyncProperty(given.csv, fc.boolean(), async (csv, replaceAll) => {
      const before = await set.state();
      const result = await set.import(csv, { replaceAll });
      const after = await set.state();
      if (result.mappingSet === null) {
        outcomes.refused += 1;
        expect(after).toEqual(before);
        expectTold(csv, result.rowErrors);
        return;
      }
      outcomes.imported += 1;
      const [added, , deleted] = counts(result);
      expect(content(after).length).toBe(content(before).length + added! - deleted!);
      const exported = [columns, ...content(after)].map(csvLine).join('');
      expect(counts(await set.import(exported, { replaceAll: true, dryRun: true }))).toEqual([0, 0, 0]);
    });
    await fc.assert(property, { numRuns: FILES / 2, seed: SEED });
    expect(outcomes.imported).toBeGreaterThan(FILES / 200);
    expect(outcomes.refused).toBeGreaterThan(FILES / 200);
  });
});

/** Each fault stands at a line that the text has, with a whole sentence. */
function expectTold(csv: string, rowErrors: Awaited<ReturnType<ImportService['import']>>['rowErrors']): void {
  expect(rowErrors.length).toBeGreaterThan(0);
  const lines = csv.split(/\r\n|\r|\n/).length;
  for (const { line, message } of rowErrors) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines);
    expect(message).toMatch(/\.$/);
  }
}
