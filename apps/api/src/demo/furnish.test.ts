import { describe, expect, it } from 'vitest';
import { furnish, type DemoHost } from './furnish.js';
import type { DemoNotes } from './notes.js';

const sandbox = {
  url: 'http://127.0.0.1:4001',
  origins: ['http://127.0.0.1:4001'],
  companyId: '1',
  projectId: '2',
  client: { clientId: 'id', clientSecret: 'secret' },
  signInClient: { id: 'people', secret: 'secret' },
  close: () => Promise.resolve(),
};
const nothing: DemoNotes = { shareId: null, procoreId: null, jobId: null, procoreUrl: null };

/** Answers as the API does, with the given objects in its store, and keeps the names of the operations. */
function hostWith(present: string[], userErrors: { message: string }[] = []) {
  const asked: string[] = [];
  const host: DemoHost = {
    execute: <T>(document: string, variables: Record<string, unknown>) => {
      asked.push(/(query|mutation) (\w+)/.exec(document)?.[2] ?? '');
      const ids = (variables['ids'] ?? []) as string[];
      const reply = document.startsWith('query')
        ? { nodes: ids.map((id) => (present.includes(id) ? { id } : null)) }
        : replyTo(document, asked.length, userErrors);
      return Promise.resolve(reply as T);
    },
  };
  return { host, asked };
}

function replyTo(document: string, count: number, userErrors: { message: string }[]) {
  const field = /(connectionCreate|connectionUpdate|jobCreate)\(/.exec(document)?.[1] ?? '';
  return { [field]: { connection: { id: `c${count}` }, job: { id: `j${count}` }, userErrors } };
}

describe('furnishing the demo', () => {
  it('creates two connections and a job of each of three types at the first start', async () => {
    const { host, asked } = hostWith([]);
    const notes = await furnish(host, { siteFolder: '/site', sandbox, notes: nothing });
    expect(asked).toEqual(['DemoConnect', 'DemoConnect', 'DemoJob', 'DemoJob', 'DemoJob']);
    expect(notes).toEqual({ shareId: 'c1', procoreId: 'c2', jobId: 'j3', procoreUrl: sandbox.url });
  });

  it('leaves what is there, and what was deleted singly, as it is', async () => {
    const { host, asked } = hostWith(['c2']);
    const earlier = { shareId: 'c1', procoreId: 'c2', jobId: 'j3', procoreUrl: sandbox.url };
    expect(await furnish(host, { siteFolder: '/site', sandbox, notes: earlier })).toEqual(earlier);
    expect(asked).toEqual(['DemoKnown']);
  });

  it('lets the connection follow a sandbox that has moved', async () => {
    const { host, asked } = hostWith(['c1', 'c2', 'j3']);
    const earlier = { shareId: 'c1', procoreId: 'c2', jobId: 'j3', procoreUrl: 'http://127.0.0.1:9' };
    expect((await furnish(host, { siteFolder: '/site', sandbox, notes: earlier })).procoreUrl).toBe(sandbox.url);
    expect(asked).toEqual(['DemoKnown', 'DemoRedirect']);
  });

  it('begins anew in an empty store', async () => {
    const { host, asked } = hostWith([]);
    const earlier = { shareId: 'c1', procoreId: 'c2', jobId: 'j3', procoreUrl: sandbox.url };
    await furnish(host, { siteFolder: '/site', sandbox, notes: earlier });
    expect(asked).toEqual(['DemoKnown', 'DemoConnect', 'DemoConnect', 'DemoJob', 'DemoJob', 'DemoJob']);
  });

  it('says what the product refused', async () => {
    const { host } = hostWith([], [{ message: 'This folder does not exist.' }]);
    await expect(furnish(host, { siteFolder: '/site', sandbox, notes: nothing })).rejects.toThrow(
      'This folder does not exist.',
    );
  });
});
