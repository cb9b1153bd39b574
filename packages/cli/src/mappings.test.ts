import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, type Answers } from './terminal.testing.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-mappings-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SET = {
  id: 'map_1',
  name: 'Disciplines',
  kind: 'TAG',
  sourcePlatform: 'NETWORK_FILE_SHARE',
  destinationPlatform: 'PROCORE',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const done = { addedCount: 2, replacedCount: 1, deletedCount: 0, rowErrors: [], userErrors: [] };
const FOUND: Answers = {
  FindMappingSets: { mappingSets: [SET] },
  MappingSets: { mappingSets: [SET] },
  FindConnection: { connection: null, connections: { nodes: [{ id: 'con_1', name: 'Site share' }] } },
  MappingImport: { mappingImport: done },
};
const answering = (imported: object): Answers => ({
  ...FOUND,
  MappingImport: { mappingImport: { ...done, ...imported } },
});

it('lists the sets', async () => {
  const { code, out } = await program(['mappings'], { answers: FOUND });
  expect([code, out]).toEqual([
    0,
    'ID     KIND  PLATFORMS                     NAME\nmap_1  tag   network file share → procore  Disciplines\n',
  ]);
});

describe('import', () => {
  const CSV = '\ufeffsourceKey,destinationKey\r\nA,"Architecture"\r\n';
  const written = async (content: string | Uint8Array = CSV) => {
    const file = join(folder, 'disciplines.csv');
    await writeFile(file, content);
    return file;
  };
  const imports = async (args: string[] = [], answers = FOUND, content?: string | Uint8Array) =>
    program(['mappings', 'import', 'Disciplines', await written(content), ...args], { answers });

  it('sends the file as it stands, and tells what was changed', async () => {
    const { code, out, asked } = await imports();
    expect([code, out]).toEqual([0, '2 added, 1 replaced, 0 deleted\n']);
    const variables = { id: 'map_1', csv: CSV.slice(1), replaceAll: false, dryRun: false };
    expect(asked.at(-1)).toEqual({ name: 'MappingImport', variables });
  });

  it('asks for a dry run and for the rest to be deleted where it is told so, and says that nothing was changed', async () => {
    const { out, asked } = await imports(['--dry-run', '--replace-all']);
    expect(asked.at(-1)?.variables).toMatchObject({ replaceAll: true, dryRun: true });
    expect(out).toContain('(dry run: nothing was changed)');
    expect(JSON.parse((await imports(['--dry-run', '--json'])).out)).toEqual({
      addedCount: 2,
      replacedCount: 1,
      deletedCount: 0,
      isDryRun: true,
    });
  });

  const rowErrors = [
    { line: 2, column: 'destinationKey', message: 'Give a name.' },
    { line: 7, column: null, message: 'The row has 3 values instead of 2.' },
  ];

  it('tells every row that cannot be used by its number with the reason, and ends as refused', async () => {
    const { code, out, err } = await imports([], answering({ rowErrors }));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^2 +destinationKey +Give a name\.$/m);
    expect(err).toMatch(/^7 +– +The row has 3 values instead of 2\.$/m);
    expect(err).toContain('2 problems. Nothing was imported.');
  });

  it('tells them as JSON lines, and that there may be more of them than the server names', async () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ ...rowErrors[0]!, line: at + 2 }));
    const { code, out, err } = await imports(['--json'], answering({ rowErrors: many }));
    const lines = out.trim().split('\n');
    expect([code, lines.length, JSON.parse(lines[199]!)]).toEqual([2, 200, { ...rowErrors[0]!, line: 201 }]);
    expect(err).toContain('At least 200 problems.');
  });

  it('ends as refused where the server refuses it as a whole', async () => {
    const userErrors = [{ code: 'LIMIT_EXCEEDED', message: 'A set has at most 200 rules.', field: null }];
    expect(await imports([], answering({ userErrors }))).toMatchObject({ code: 2, out: '' });
  });

  it.each<[what: string, content: string | Uint8Array, told: RegExp]>([
    ['is not in UTF-8', Uint8Array.of(0x61, 0xe9, 0x62), /is not in UTF-8\. Save it as UTF-8\./],
    ['is too large', new Uint8Array(4 * 2 ** 20 + 1), /is too large: at most 1 MiB/],
  ])('asks nothing where the file %s', async (_, content, told) => {
    const { code, err, asked } = await imports([], FOUND, content);
    expect([code, asked]).toEqual([2, []]);
    expect(err).toMatch(told);
  });

  it.each([
    ['gone.csv', /gone\.csv cannot be read \(ENOENT\)/],
    ['', /cannot be read \(EISDIR\)/],
  ])('asks nothing where there is no such file: %j', async (name, told) => {
    const { code, err, asked } = await program(['mappings', 'import', 'Disciplines', join(folder, name)]);
    expect([code, asked]).toEqual([2, []]);
    expect(err).toMatch(told);
  });

  it('wants a file', async () => {
    const { code, err } = await program(['mappings', 'import', 'Disciplines'], { answers: FOUND });
    expect([code, err]).toEqual([
      2,
      'Give it as: sluice mappings import SET FILE. Names with spaces stand in quotes.\n',
    ]);
  });
});

it('export writes the set as an import reads it', async () => {
  const content = 'sourceKey,destinationKey\nA,Architecture\n';
  const sha256 = createHash('sha256').update(content).digest('hex');
  const made = { taskState: 'SUCCEEDED', failure: null, downloadUrl: 'https://x.example/d', sha256, byteSize: 41 };
  const answers = {
    ...FOUND,
    ReportCreate: { reportCreate: { report: { id: 'rep_1' }, userErrors: [] } },
    ReportState: { node: made },
  };
  const output = join(folder, 'out.csv');
  const terminal = { fetch: async () => new Response(content) };
  const { code, asked } = await program(['mappings', 'export', 'map_1', '--output', output], { answers, terminal });
  expect([code, await readFile(output, 'utf8')]).toEqual([0, content]);
  const input = { kind: 'MAPPING_SET', format: 'CSV', subject: { mappingSetId: 'map_1' } };
  expect(asked.find(({ name }) => name === 'ReportCreate')?.variables).toMatchObject({ input });
});

describe('preview', () => {
  const row = {
    entry: { path: '/a.pdf' },
    destinationField: null,
    sourceValue: 'A',
    destinationValue: 'Architecture',
    match: 'ENTRY',
    problem: null,
  };
  const preview = (rows: object[] | null, args: string[] = [], more: Answers = {}) =>
    program(['mappings', 'preview', 'Disciplines', 'Site share', ...args], {
      answers: { ...FOUND, MappingPreview: { mappingPreview: rows }, ...more },
    });

  it('shows what the set makes of real items', async () => {
    const { code, out, asked } = await preview([row], ['--path', '/Drawings', '--rows', '7']);
    expect([code, out.split('\n')[1]]).toEqual([0, '/a.pdf  –      A       Architecture  entry     –']);
    const location = { connectionId: 'con_1', at: { path: '/Drawings' } };
    expect(asked.at(-1)?.variables).toEqual({ id: 'map_1', location, rows: 7 });
  });

  it('gives JSON lines', async () => {
    expect(JSON.parse((await preview([row], ['--json'])).out)).toEqual(row);
  });

  it('says so where the set has nothing to say, or the token may not look', async () => {
    expect(await preview([])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('says nothing') as string,
    });
    expect(await preview(null)).toMatchObject({ code: 4, err: expect.stringContaining('CONNECTIONS_READ') as string });
  });

  it.each(['0', '201', '1.5', 'many'])('refuses %s rows', async (rows) => {
    expect(await preview([row], ['--rows', rows])).toMatchObject({ code: 2, asked: [] });
  });

  it('names connections that are near', async () => {
    const { code, err } = await program(['mappings', 'preview', 'Disciplines', 'Site'], { answers: FOUND });
    expect([code, err]).toEqual([2, 'There is no connection “Site”. Do you mean “Site share”?\n']);
  });
});
