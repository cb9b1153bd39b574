import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { openShareApp, QUICK_WORK, type ShareApp } from '../runner/testing.js';
import { ADDRESS_MS } from './addresses.js';
import { rangeOf } from './downloads.js';

const VERIFY = fileURLToPath(new URL('../../../../scripts/verify-report.mjs', import.meta.url));
const CREATE = `mutation ($input: ReportCreateInput!, $key: String) {
  reportCreate(input: $input, idempotencyKey: $key) { report { id } userErrors { code field } }
}`;
const READ = `query ($id: ID!) { node(id: $id) { ... on Report {
  kind format taskState byteSize sha256 downloadUrl signatureUrl expiresAt subject { id } failure { code message }
} } }`;

interface Report {
  taskState: string;
  byteSize: number | null;
  sha256: string | null;
  downloadUrl: string | null;
  signatureUrl: string | null;
  failure: { code: string } | null;
  subject: { id: string } | null;
}

let test: ShareApp;
let jobId: string;
let runId: string;
let ahead = 0;
beforeAll(async () => {
  const clock = { ...systemClock, now: () => Date.now() + ahead };
  test = await openShareApp({}, { work: QUICK_WORK, overrides: { clock } });
  test.put('plan.pdf', 'content');
  test.put('=cmd.pdf', 'formula');
  jobId = await test.createJob({ name: 'Copy' });
  runId = (await test.runToEnd(jobId)).id;
});
afterAll(() => test[Symbol.asyncDispose]());

const create = async (input: Record<string, unknown>, key?: string) =>
  (
    await test.send<{
      reportCreate: { report: { id: string } | null; userErrors: { code: string; field: string[] }[] };
    }>(CREATE, { input, key })
  ).data!.reportCreate;
const read = async (id: string) => (await test.ask<{ node: Report }>(READ, { id })).node;

/** Makes a report and waits for it. */
async function made(input: Record<string, unknown>): Promise<Report & { id: string }> {
  const { report, userErrors } = await create(input);
  if (report === null) throw new Error(JSON.stringify(userErrors));
  const found = await test.until(
    () => read(report.id),
    ({ taskState }) => taskState === 'SUCCEEDED' || taskState === 'FAILED',
  );
  return { ...found, id: report.id };
}

/** The header of a new token with these scopes. */
async function tokenWith(...scopes: string[]): Promise<{ authorization: string }> {
  const { apiTokenCreate } = await test.ask<{ apiTokenCreate: { secret: string } }>(
    'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "t", scopes: $s) { secret userErrors { code } } }',
    { s: scopes },
  );
  return { authorization: `Bearer ${apiTokenCreate.secret}` };
}

/** Downloads without any identity. */
const download = (url: string | null, headers: Record<string, string> = {}) =>
  test.app.http.inject({ method: 'GET', url: new URL(url!).pathname, headers });

describe('reports', () => {
  it('of the items of a run have every item with its reason and checksum, and no formula', async () => {
    const report = await made({ kind: 'ITEMS', subject: { runId }, format: 'CSV' });
    expect(report).toMatchObject({ taskState: 'SUCCEEDED', subject: { id: runId }, failure: null });
    const { body, headers } = await download(report.downloadUrl);
    const [head, ...lines] = body.trimEnd().split('\r\n');
    expect(head).toMatch(/^sourcePath,destinationPath,kind,side,outcome,reason,message,remedy,byteSize,sha256,/);
    const { run } = await test.ask<{
      run: { items: { nodes: { sourcePath: string; sha256: string; reason: string }[] } };
    }>('query ($id: ID!) { run(id: $id) { items(first: 50) { nodes { sourcePath reason sha256 } } } }', { id: runId });
    expect(lines).toHaveLength(run.items.nodes.length);
    for (const { sourcePath, reason, sha256 } of run.items.nodes)
      expect(lines.find((line) => line.startsWith(`${sourcePath},`))).toMatch(new RegExp(`,${reason},.*,${sha256},`));
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="items-${report.id}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('of the items of a job obey conditions, as JSON lines in a time zone', async () => {
    const itemFilter = { pathContains: 'plan' };
    const report = await made({
      kind: 'ITEMS',
      subject: { jobId },
      format: 'JSONL',
      itemFilter,
      timeZone: 'Asia/Tokyo',
    });
    const { body } = await download(report.downloadUrl);
    const items = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(items).toMatchObject([{ sourcePath: '/plan.pdf', outcome: 'CREATED', byteSize: 7 }]);
    expect(items[0]?.['finishedAt']).toMatch(/\+09:00$/);
  });

  it('of the log of a run, and of the figures of a run or of all runs of a job', async () => {
    const log = (await download((await made({ kind: 'LOG', subject: { runId } })).downloadUrl)).body;
    expect(log.split('\r\n')[1]).toMatch(/^1,.*,STATE,QUEUED,/);
    for (const subject of [{ runId }, { jobId }]) {
      const report = await made({ kind: 'SUMMARY', subject, format: 'JSONL' });
      const [figures] = (await download(report.downloadUrl)).body.split('\n');
      expect(JSON.parse(figures!)).toMatchObject({ runId, state: 'SUCCEEDED', itemsDone: 2, 'items.CREATED': 2 });
    }
  });

  it('of a scan have its figures, classes and groups of equal files, one line each', async () => {
    for (const name of ['one.dwg', 'two.dwg']) test.put(`scanned/${name}`, 'equal content');
    const source = { connectionId: test.connections.source, at: { path: '/scanned' } };
    const scanId = await test.createJob({ name: 'Look', transferType: 'SCAN', source, destination: null });
    const scan = await test.runToEnd(scanId);
    const report = await made({ kind: 'SCAN', subject: { runId: scan.id }, format: 'JSONL' });
    const lines = (await download(report.downloadUrl)).body.trimEnd().split('\n');
    const found = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(found).toContainEqual(expect.objectContaining({ section: 'TOTAL', label: 'files', itemCount: 2 }));
    expect(found).toContainEqual(expect.objectContaining({ section: 'EXTENSION', label: '.dwg', byteCount: 26 }));
    expect(found.filter(({ section }) => section === 'DUPLICATE')).toMatchObject([
      {
        itemCount: 2,
        byteCount: 13,
        paths: expect.stringMatching(/^\/scanned\/one.dwg\n\/scanned\/two.dwg$/) as string,
      },
    ]);
    expect((await create({ kind: 'VALIDATION', subject: { jobId: scanId } })).userErrors).toEqual([
      { code: 'INVALID', field: ['input', 'subject', 'jobId'] },
    ]);
  });

  it('of the audit log tell of a span, and are given to those who may read it', async () => {
    const all = await made({ kind: 'AUDIT_LOG', subject: { auditLog: {} } });
    const [head, ...lines] = (await download(all.downloadUrl)).body.trimEnd().split('\r\n');
    expect(head).toMatch(/^sequence,occurredAt,action,outcome,actorId,targetId,changes,/);
    const sequences = lines.map((line) => Number(line.split(',')[0]));
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    expect(lines.some((line) => line.includes(',jobCreate,SUCCEEDED,'))).toBe(true);
    const times = lines.map((line) => line.split(',')[1]!);
    const auditLog = { from: times[1], to: times[2] };
    const some = await made({ kind: 'AUDIT_LOG', subject: { auditLog }, format: 'JSONL' });
    const found = (await download(some.downloadUrl)).body.trimEnd().split('\n');
    expect(found.map((line) => (JSON.parse(line) as { occurredAt: string }).occurredAt)).toEqual(
      times.filter((time) => time >= times[1]! && time < times[2]!),
    );
    const viewer = await tokenWith('REPORTS_READ', 'JOBS_READ');
    const asked = await test.send<{ reportCreate: { userErrors: object[] } }>(
      CREATE,
      { input: { kind: 'AUDIT_LOG', subject: { auditLog: {} } } },
      viewer,
    );
    expect(asked.data?.reportCreate.userErrors).toEqual([
      { code: 'FORBIDDEN', field: ['input', 'subject', 'auditLog'] },
    ]);
    const { data } = await test.send<{ node: Report }>(READ, { id: all.id }, viewer);
    expect(data?.node).toMatchObject({ taskState: 'SUCCEEDED', downloadUrl: null, subject: null });
  });

  it('are deleted with their file by who made them, or may change jobs', async () => {
    const remove = (id: string, headers?: Record<string, string>) =>
      test.send<{ reportDelete: { deletedId: string | null; userErrors: { code: string }[] } }>(
        'mutation ($id: ID!) { reportDelete(id: $id) { deletedId userErrors { code } } }',
        { id },
        headers,
      );
    const { id, downloadUrl } = await made({ kind: 'LOG', subject: { runId } });
    const refused = await remove(id, await tokenWith('REPORTS_READ'));
    expect(refused.data?.reportDelete.userErrors).toEqual([{ code: 'FORBIDDEN' }]);
    expect((await remove(id)).data?.reportDelete).toEqual({ deletedId: id, userErrors: [] });
    expect((await download(downloadUrl)).statusCode).toBe(404);
    expect((await remove(id)).data?.reportDelete.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  it('are listed latest first, by their subject or all, forward and backward', async () => {
    const list = async (page: string) => {
      const query = `{ reports(${page}) { nodes { id } pageInfo { endCursor startCursor } } }`;
      const { reports } = await test.ask<{
        reports: { nodes: { id: string }[]; pageInfo: { endCursor: string; startCursor: string } };
      }>(query);
      return { ids: reports.nodes.map(({ id }) => id), ...reports.pageInfo };
    };
    const all = await list('first: 50');
    expect(all.ids.length).toBeGreaterThanOrEqual(5);
    const first = await list('first: 2');
    const next = await list(`first: 2, after: "${first.endCursor}"`);
    expect([...first.ids, ...next.ids]).toEqual(all.ids.slice(0, 4));
    expect((await list(`last: 2, before: "${next.startCursor}"`)).ids).toEqual(first.ids);
    const ofJob = await list(`subjectId: "${jobId}", first: 50`);
    expect(ofJob.ids).toHaveLength(2);
  });

  it('are made once with an idempotency key', async () => {
    const input = { kind: 'LOG', subject: { runId } };
    const [one, two] = [await create(input, 'k'), await create(input, 'k')];
    expect(two.report?.id).toBe(one.report?.id);
  });

  it.each<[string, () => Record<string, unknown>, string, string]>([
    ['a log of a job', () => ({ kind: 'LOG', subject: { jobId } }), 'INVALID', 'input.subject.jobId'],
    ['conditions on a log', () => ({ kind: 'LOG', subject: { runId }, itemFilter: {} }), 'INVALID', 'input.itemFilter'],
    [
      'a run that is not there',
      () => ({ kind: 'LOG', subject: { runId: 'run_0' } }),
      'NOT_FOUND',
      'input.subject.runId',
    ],
    ['an analysis of a copy', () => ({ kind: 'SCAN', subject: { runId } }), 'INVALID', 'input.subject.runId'],
    ['a validation of a run', () => ({ kind: 'VALIDATION', subject: { runId } }), 'INVALID', 'input.subject.runId'],
    ['a log of the audit', () => ({ kind: 'LOG', subject: { auditLog: {} } }), 'INVALID', 'input.subject.auditLog'],
    [
      'a span that ends before it begins',
      () => ({
        kind: 'AUDIT_LOG',
        subject: { auditLog: { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' } },
      }),
      'INVALID',
      'input.subject.auditLog',
    ],
    ['a job for a run', () => ({ kind: 'LOG', subject: { runId: jobId } }), 'NOT_FOUND', 'input.subject.runId'],
  ])('%s is refused at its field', async (_what, input, code, field) => {
    const { userErrors } = await create(input());
    expect(userErrors.map((each) => [each.code, each.field.join('.')])).toEqual([[code, field]]);
  });

  it('are not made while a run is under way, since they tell of one moment', async () => {
    const approving = await test.createJob({ name: 'Waiting', approval: 'ALWAYS' });
    test.put('new.pdf', 'new');
    const { runStart } = await test.ask<{ runStart: { run: { id: string } } }>(
      'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }',
      { id: approving },
    );
    const { userErrors } = await create({ kind: 'ITEMS', subject: { runId: runStart.run.id } });
    expect(userErrors).toEqual([{ code: 'INVALID_STATE', field: ['input', 'subject', 'runId'] }]);
  });
});

describe('downloads of reports', () => {
  let report: Report & { id: string };
  beforeAll(async () => void (report = await made({ kind: 'ITEMS', subject: { runId } })));

  it('serve ranges, and refuse one beyond the end', async () => {
    const whole = await download(report.downloadUrl);
    expect(whole.headers['content-length']).toBe(String(report.byteSize));
    const part = await download(report.downloadUrl, { range: 'bytes=6-9' });
    expect([part.statusCode, part.body]).toEqual([206, whole.body.slice(6, 10)]);
    expect(part.headers['content-range']).toBe(`bytes 6-9/${report.byteSize}`);
    expect((await download(report.downloadUrl, { range: 'bytes=999999-' })).statusCode).toBe(416);
  });

  it('end after five minutes, and altered addresses lead nowhere', async () => {
    const address = report.downloadUrl!;
    const altered = [
      address.replace('.file.', '.signature.'),
      `${address}x`,
      address.replace(/\.\d+\./, '.9999999999999.'),
    ];
    for (const url of altered) expect((await download(url)).statusCode).toBe(404);
    ahead = ADDRESS_MS + 60_000;
    expect((await download(address)).statusCode).toBe(410);
    ahead = 0;
    expect((await download(address)).statusCode).toBe(200);
  });

  it('are given to those who may read reports and what they tell', async () => {
    const query =
      'query ($id: ID!) { node(id: $id) { ... on Report { kind downloadUrl signatureUrl subject { id } } } }';
    const one = await test.send(query, { id: report.id }, await tokenWith('REPORTS_READ'));
    expect(one.data).toEqual({ node: { kind: 'ITEMS', downloadUrl: null, signatureUrl: null, subject: null } });
    expect((await test.send(query, { id: report.id }, await tokenWith('JOBS_READ'))).data).toEqual({ node: null });
    const refused = await test.send<{ reportCreate: { userErrors: object[] } }>(
      CREATE,
      { input: { kind: 'ITEMS', subject: { runId } } },
      await tokenWith('REPORTS_READ'),
    );
    expect(refused.data?.reportCreate.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('are proved by their signature with npm run verify-report, and a changed file is found out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-verify-'));
    const path = (name: string) => join(folder, name);
    const { body } = await download(report.downloadUrl);
    writeFileSync(path('report.csv'), body);
    writeFileSync(path('report.csv.sig'), (await download(report.signatureUrl)).body);
    writeFileSync(path('report-key.pem'), (await download('http://any/downloads/report-key.pem')).body);
    const verified = execFileSync(process.execPath, [VERIFY, 'report.csv'], { cwd: folder, encoding: 'utf8' });
    expect(verified).toContain(report.sha256);
    writeFileSync(path('report.csv'), body.replace('plan.pdf', 'plan.pdg'));
    const altered = spawnSync(process.execPath, [VERIFY, 'report.csv'], { cwd: folder, encoding: 'utf8' });
    expect([altered.status, altered.stderr]).toEqual([
      1,
      '✗ report.csv is not as the server made it, or was made by another one.\n',
    ]);
    rmSync(folder, { recursive: true });
  });

  it.each<[string | undefined, ReturnType<typeof rangeOf>]>([
    [undefined, null],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=5-', { start: 5, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=8-100', { start: 8, end: 9 }],
    ['bytes=10-', 'BEYOND'],
    ['bytes=-0', 'BEYOND'],
    ['bytes=5-2', null],
    ['bytes=0-1,4-5', null],
    ['items=0-1', null],
  ])('the range %j of ten bytes', (header, expected) => {
    expect(rangeOf(header, 10)).toEqual(expected);
  });
});
