import { afterEach, describe, expect, test } from 'vitest';
import type { Content, Item, PlatformError } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import { authorizationUrl, CODE_TO_COPY, exchangeCode, redirectProblem } from './sign-in/oauth.js';
import { listAll, openBench, quickClock, testCall, webFetch, type Bench, type BenchInput } from './test-bench.js';

/* Points in which accounts of Procore were seen to differ: the connector works with either answer. */

const benches: Bench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

async function open(input: BenchInput): Promise<Bench> {
  const bench = await openBench(input);
  benches.push(bench);
  return bench;
}

function contentOf(text: string): Content {
  const bytes = Buffer.from(text);
  return {
    size: bytes.length,
    async *read(range) {
      yield bytes.subarray(range?.start ?? 0, range?.end);
    },
  };
}

async function found(bench: Bench, ...path: string[]): Promise<Item> {
  const item = await bench.platform.find({ path }, testCall());
  if (!item) throw new Error(`there is no ${path.join('/')}`);
  return item;
}

const destinationOf = ({ platform }: Bench) => {
  if (!platform.destination) throw new Error('no destination');
  return platform.destination;
};
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: PlatformError) => error.kind,
  );

describe.each([false, true])(
  'uploadKeepsCheckOut=%s: a new version of a file that the account has checked out',
  (keeps) => {
    test('is written, and so is the next one; the check-out keeps the account itself out of nothing', async () => {
      const bench = await open({ sandbox: { behaviour: { uploadKeepsCheckOut: keeps } } });
      const { control } = bench.sandbox;
      await control.seed(seeded.projectId, [{ path: 'a.txt', content: 'first' }]);
      control.checkOut('a.txt', new Date(Date.now() + 3_600_000));
      const parent = await found(bench);
      const lock = keeps ? { isOwn: true } : null;
      for (const text of ['second', 'third']) {
        const replaces = await found(bench, 'a.txt');
        if (text === 'second') expect(replaces.lock).toMatchObject({ isOwn: true });
        const { item } = await destinationOf(bench).write(
          { parent, name: 'a.txt', content: contentOf(text), replaces },
          testCall(),
        );
        expect(item.id).toBe(replaces.id);
      }
      expect(String(await control.fileBytes('a.txt'))).toBe('third');
      expect((await listAll(bench.platform)).items).toMatchObject([{ path: ['a.txt'], lock }]);
      const [file] = await control.tree(seeded.projectId);
      expect(file?.versions).toBe(3);
    });
  },
);

describe.each([false, true])('strictRights=%s: an account of level Standard', (isStrict) => {
  async function asWriter(): Promise<Bench> {
    const bench = await open({ login: 'tomas@quay.example', sandbox: { behaviour: { strictRights: isStrict } } });
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'to' }, { path: 'a.txt', content: 'first' }]);
    return bench;
  }

  test('creates files and writes versions', async () => {
    const bench = await asWriter();
    const parent = await found(bench);
    const destination = destinationOf(bench);
    await destination.write({ parent, name: 'b.txt', content: contentOf('new') }, testCall());
    const replaces = await found(bench, 'a.txt');
    await destination.write({ parent, name: 'a.txt', content: contentOf('second'), replaces }, testCall());
    expect(String(await bench.sandbox.control.fileBytes('a.txt'))).toBe('second');
  });

  test('describes and moves where it may, and is told what is missing where it may not', async () => {
    const bench = await asWriter();
    const destination = destinationOf(bench);
    const file = await found(bench, 'a.txt');
    const to = { parent: await found(bench, 'to'), name: 'a.txt' };
    const works = [
      () => destination.describe?.(file, { description: 'As built' }, testCall()) ?? Promise.reject(new Error('none')),
      () => destination.move?.(file, to, testCall()) ?? Promise.reject(new Error('none')),
    ];
    const answers = [];
    for (const work of works) answers.push(await kindOf(work()));
    expect(answers).toEqual(isStrict ? ['ACCESS_DENIED', 'ACCESS_DENIED'] : ['fine', 'fine']);
    if (isStrict) await expect(works[0]?.()).rejects.toMatchObject({ remedy: expect.any(String) as string });
    const [moved, kept] = [bench.sandbox.control.fileBytes('to/a.txt'), bench.sandbox.control.fileBytes('a.txt')];
    expect(String(await (isStrict ? kept : moved))).toBe('first');
    await Promise.allSettled([moved, kept]);
  });
});

describe.each([false, true])('strictRedirects=%s: a sign-in', (isStrict) => {
  const addresses = ['https://sluice.example/cb', 'http://localhost:4000/cb', 'http://sluice.example/cb'];

  /** The code that Procore gives for a redirect address, on its way back or on its page; null when it refuses. */
  async function codeFor(bench: Bench, redirectUri: string): Promise<string | null> {
    const { loginUrl } = bench.sandbox;
    const url = authorizationUrl({ loginUrl, clientId: seeded.clientId, redirectUri, state: 'abc' });
    const reply = await fetch(url, { redirect: 'manual' });
    const text = await reply.text();
    const location = reply.headers.get('location');
    return location ? new URL(location).searchParams.get('code') : (/id="code"[^>]*>([^<]+)</.exec(text)?.[1] ?? null);
  }

  test.each([...addresses, CODE_TO_COPY])(
    'that returns to %s works, or Sluice says why not beforehand',
    async (redirectUri) => {
      const { clientId: id, clientSecret: secret } = seeded;
      const clients = [{ id, secret, name: 'Sluice', redirectUris: addresses }];
      const bench = await open({ sandbox: { behaviour: { strictRedirects: isStrict }, clients, autoApprove: true } });
      const code = await codeFor(bench, redirectUri);
      if (redirectProblem(redirectUri) !== null) return expect(code === null).toBe(isStrict);
      const request = {
        loginUrl: bench.sandbox.loginUrl,
        client: { id, secret },
        fetch: webFetch,
        clock: quickClock,
        random: () => 0.5,
      };
      const tokens = await exchangeCode({ ...request, redirectUri, code: code ?? '' });
      expect(tokens.refreshToken).toEqual(expect.any(String));
    },
  );
});
