import { afterEach, describe, expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import { listAll, openBench, testCall, webFetch } from '../test-bench.js';
import type { Bench } from '../test-bench.js';

let bench: Bench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

const page = '<!doctype html><html><title>Guest network</title><form>Accept the terms</form></html>';
const html = { 'content-type': 'text/html' };

/** What a network shows to those who have not yet accepted its terms, whatever they ask for. */
const portals: [string, () => Response][] = [
  ['302 to its page', () => new Response(null, { status: 302, headers: { location: 'http://portal.example/' } })],
  ['200 with its page', () => new Response(page, { status: 200, headers: html })],
];

describe.each(portals)('a captive portal that answers %s', (_, answer) => {
  async function behindPortal(): Promise<Bench> {
    let isShut = false;
    bench = await openBench({ fetch: async (url, init) => (isShut ? answer() : webFetch(url, init)) });
    await bench.platform.check(testCall());
    isShut = true;
    return bench;
  }

  test('makes the check fail at the host or the sign-in, with a remedy', async () => {
    const { platform } = await behindPortal();
    const failed = (await platform.check(testCall())).find(({ outcome }) => outcome === 'FAILED');
    expect(['REACH_HOST', 'SIGN_IN']).toContain(failed?.step);
    expect(failed?.remedy).toEqual(expect.any(String));
  });

  test('fails a listing as a host that cannot be reached, and shows no empty project', async () => {
    const { platform } = await behindPortal();
    const error = await listAll(platform).then(
      ({ items }) => `${items.length} items were listed`,
      (cause: unknown) => cause,
    );
    if (!(error instanceof PlatformError)) throw new Error(String(error));
    // Both kinds are told as REMOTE_UNREACHABLE.
    expect(['UNREACHABLE', 'PLATFORM_ERROR']).toContain(error.kind);
  });

  test('costs no refresh token', async () => {
    const { platform, tokens } = await behindPortal();
    await platform.check(testCall());
    await listAll(platform).catch(() => undefined);
    expect(tokens.saved).toEqual([]);
  });
});
