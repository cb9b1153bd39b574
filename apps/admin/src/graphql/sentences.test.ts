import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { say as sayInGerman, sayerOf, type Loads } from './sentences.js';

const platform = (displayName: string) => ({ data: { platforms: [{ __typename: 'Platform', displayName }] } });
const reason = (stopReason: string) => ({ __typename: 'Job', stopReason });
const jobs = (...reasons: string[]) => ({ data: { jobs: reasons.map(reason) } });

const knowing = (texts: Record<string, string>) => ({ translate: (text: string) => texts[text] ?? null });
const EVERYDAY = knowing({ 'It is full.': 'Es ist voll.' });
const ALL = knowing({ 'It is full.': 'Es ist voll.', 'It is odd.': 'Es ist seltsam.' });

const never = () => new Promise<never>(() => undefined);

let everyday = vi.fn(async () => EVERYDAY);
let all = vi.fn(async () => ALL);
let first: Loads['first'];
let say: ReturnType<typeof sayerOf>;

beforeEach(() => {
  vi.useFakeTimers();
  everyday = vi.fn(async () => EVERYDAY);
  all = vi.fn(async () => ALL);
  first = { platforms: vi.fn(never), jobs: everyday, plans: vi.fn(async () => knowing({})), runs: vi.fn(never) };
  say = sayerOf({ first, then: [all] });
});

afterEach(() => {
  vi.useRealTimers();
});

it('says names at once, without the sentences', () => {
  const answer = platform('Network file share');
  expect(say(answer)).toBeNull();
  expect(answer).toEqual(platform('Netzlaufwerk'));
  expect(everyday).not.toHaveBeenCalled();
});

it('takes the identifier of a client for a name', () => {
  expect(
    ['4f1c', 'a-client', 'AB12'].map((clientLabel) => say({ data: { __typename: 'RateBudget', clientLabel } })),
  ).toEqual([null, null, null]);
  expect(everyday).not.toHaveBeenCalled();
});

it('loads the lot of its type with the first text, and says the others at once', async () => {
  const [first, second] = [jobs('It is full.'), jobs('It is full.')];
  await say(first);
  expect(say(second)).toBeNull();
  expect([first, second]).toEqual([jobs('Es ist voll.'), jobs('Es ist voll.')]);
  expect(everyday).toHaveBeenCalledOnce();
  expect(all).not.toHaveBeenCalled();
});

it('loads the next lot with the first text that is not among them, before the answer is read', async () => {
  const answer = jobs('It is full.', 'It is odd.');
  await say(answer);
  expect(answer).toEqual(jobs('Es ist voll.', 'Es ist seltsam.'));
  const next = jobs('It is odd.');
  expect(say(next)).toBeNull();
  expect(next).toEqual(jobs('Es ist seltsam.'));
  expect(all).toHaveBeenCalledOnce();
});

it('leaves English what nobody knows, and does not load again for it', async () => {
  await say(jobs('It is new.'));
  const answer = jobs('It is new.', 'It is full.');
  expect(say(answer)).toBeNull();
  expect(answer).toEqual(jobs('It is new.', 'Es ist voll.'));
  expect([everyday, all].map((load) => load.mock.calls.length)).toEqual([1, 1]);
});

it('leaves English what cannot be loaded, and tries again with the next text', async () => {
  all.mockRejectedValueOnce(new Error('no such file'));
  const [first, second] = [jobs('It is full.', 'It is odd.'), jobs('It is odd.')];
  await say(first);
  await say(second);
  expect(first).toEqual(jobs('Es ist voll.', 'It is odd.'));
  expect(second).toEqual(jobs('Es ist seltsam.'));
});

it('tries the first lot again too', async () => {
  everyday.mockRejectedValueOnce(new Error('no such file'));
  const [first, second] = [jobs('It is full.'), jobs('It is full.')];
  await say(first);
  await say(second);
  expect([first, second]).toEqual([jobs('It is full.'), jobs('Es ist voll.')]);
});

it('loads a lot once for all answers that come meanwhile', async () => {
  const answers = [jobs('It is odd.'), jobs('It is odd.'), jobs('It is full.')];
  await Promise.all(answers.map(async (answer) => say(answer)));
  expect(answers).toEqual([jobs('Es ist seltsam.'), jobs('Es ist seltsam.'), jobs('Es ist voll.')]);
  expect([everyday, all].map((load) => load.mock.calls.length)).toEqual([1, 1]);
});

it('waits 10 s for what does not come, and not again while it is on its way', async () => {
  all.mockImplementation(never);
  const [first, second] = [jobs('It is odd.'), jobs('It is odd.')];
  const said = say(first);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(await Promise.race([said, Promise.resolve('waits')])).toBe('waits');
  await vi.advanceTimersByTimeAsync(1);
  await said;
  await say(second);
  expect([first, second]).toEqual([jobs('It is odd.'), jobs('It is odd.')]);
  expect(all).toHaveBeenCalledOnce();
});

it('loads for each type its own lot, and says at once what is in one that is there', async () => {
  first = { ...first, runs: vi.fn(async () => knowing({ 'It is done.': 'Es ist fertig.' })) };
  say = sayerOf({ first, then: [all] });
  const answer = (stopReason: string, message: string) => ({
    data: [{ __typename: 'RunItem', message }, reason(stopReason)],
  });
  const answers = [answer('It is full.', 'It is done.'), answer('It is full.', 'It is done.')] as const;
  await say(answers[0]);
  expect(say(answers[1])).toBeNull();
  expect(answers).toEqual(Array.from({ length: 2 }, () => answer('Es ist voll.', 'Es ist fertig.')));
  expect(Object.values(first).map((load) => vi.mocked(load).mock.calls.length)).toEqual([0, 1, 1, 1]);
  expect(all).not.toHaveBeenCalled();
});

it('says in German what is told every day, and what is told seldom', async () => {
  vi.useRealTimers();
  const answer = jobs('The job was deleted.', 'The name or the password is wrong.');
  await sayInGerman(answer);
  expect(answer).toEqual(jobs('Der Auftrag wurde gelöscht.', 'Der Name oder das Kennwort ist falsch.'));
});
