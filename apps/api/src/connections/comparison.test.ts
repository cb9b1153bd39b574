import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../testing.js';

const COMPARE = `query ($from: ComparisonSideInput!, $to: ComparisonSideInput!) { platformComparison(source: $from, destination: $to) {
  group capability limit label sourceValue destinationValue verdict effect } }`;
const CREATE = `mutation ($i: ConnectionCreateInput!) { connectionCreate(input: $i) { connection { id } } }`;

interface Row {
  capability: string | null;
  limit: string | null;
  destinationValue: string;
  verdict: string;
  effect: string;
}

const [PROCORE, SHARE] = [{ platform: 'PROCORE' }, { platform: 'NETWORK_FILE_SHARE' }];
let test: TestApp;
beforeAll(async () => {
  test = await openTestApp({});
});
afterAll(() => test[Symbol.asyncDispose]());

const ask = (from: object, to: object) => test.send<{ platformComparison: Row[] | null }>(COMPARE, { from, to });
async function rows(from: object, to: object): Promise<Row[]> {
  const { data, errors } = await ask(from, to);
  if (!data?.platformComparison) throw new Error(JSON.stringify(errors));
  return data.platformComparison;
}
const about = (all: readonly Row[], subject: string) =>
  all.find(({ capability, limit }) => (capability ?? limit) === subject);

async function connectionOf(settings: object): Promise<{ connectionId: string }> {
  const { data } = await test.send<{ connectionCreate: { connection: { id: string } } }>(CREATE, { i: { settings } });
  return { connectionId: data!.connectionCreate.connection.id };
}

it('sets two platforms side by side, row by row', async () => {
  const all = await rows(PROCORE, SHARE);
  expect(all).toHaveLength(19);
  expect(about(all, 'VERSION_PRESERVATION')).toMatchObject({
    verdict: 'LOSSY',
    effect: 'The destination keeps no former versions: only the latest of each file comes over.',
  });
  expect(about(all, 'TIMESTAMP_PRESERVATION')?.verdict).toBe('COMPATIBLE');
  expect(about(all, 'USER_IMPERSONATION')?.verdict).toBe('NOT_APPLICABLE');
});

it('takes a connection with what its own account can hold, on either side', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-compared-'));
  const share = await connectionOf({ networkFileShare: { location: folder } });
  const [pathLimit] = (await rows(PROCORE, share)).filter(({ limit }) => limit === 'MAX_PATH_LENGTH');
  expect(pathLimit?.destinationValue).toBe(`${4094 - Buffer.byteLength(folder)} bytes`);
  expect(await rows(share, PROCORE)).toHaveLength(19);
});

it('takes a connection that cannot be used as its platform is in general', async () => {
  const incomplete = await connectionOf({ procore: {} });
  expect(await rows(SHARE, incomplete)).toEqual(await rows(SHARE, PROCORE));
});

it.each<[string, object, object, string]>([
  ['a platform that nobody can connect', { platform: 'OBJECT_STORAGE' }, SHARE, 'source'],
  ['a connection that is not there', SHARE, { connectionId: 'con_none' }, 'destination'],
])('refuses %s at its field', async (_name, from, to, field) => {
  const { errors } = await ask(from, to);
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  expect(JSON.stringify(errors)).toContain(field);
});
