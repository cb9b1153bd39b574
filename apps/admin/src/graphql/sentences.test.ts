import { beforeEach, expect, it, vi } from 'vitest';

const loaded = vi.hoisted(() => vi.fn());
vi.mock('../language/told/german.js', async (importActual) => {
  loaded();
  return importActual();
});

const platform = (displayName: string) => ({ data: { platforms: [{ __typename: 'Platform', displayName }] } });

beforeEach(() => {
  vi.resetModules();
  loaded.mockClear();
});

it('says names at once, without the sentences', async () => {
  const { say } = await import('./sentences.js');
  const answer = platform('Network file share');
  expect(say(answer)).toBeNull();
  expect(answer).toEqual(platform('Netzlaufwerk'));
  expect(loaded).not.toHaveBeenCalled();
});

it('takes the identifier of a client for a name', async () => {
  const { say } = await import('./sentences.js');
  expect(
    ['4f1c', 'a-client', 'AB12'].map((clientLabel) => say({ data: { __typename: 'RateBudget', clientLabel } })),
  ).toEqual([null, null, null]);
  expect(loaded).not.toHaveBeenCalled();
});

it('loads the sentences with the first one that is said, and says the others at once', async () => {
  const { say } = await import('./sentences.js');
  const job = (stopReason: string) => ({ data: { job: { __typename: 'Job', stopReason } } });
  const [first, second] = [job('The job was deleted.'), job('The job was deleted.')];
  await say(first);
  expect(say(second)).toBeNull();
  expect([first, second]).toEqual([job('Der Auftrag wurde gelöscht.'), job('Der Auftrag wurde gelöscht.')]);
  expect(loaded).toHaveBeenCalledOnce();
});
