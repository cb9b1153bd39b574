import { describe, expect, it } from 'vitest';
import { item, ledgerEntry, MemoryEngineStore, MemoryJob, step } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { askIfEmptied, chooseLedger, countRemembered, Question, type RootItems } from './question.js';

/** A job of which a run worked between the folders `here` and `there`, and left one item in the ledger. */
class House {
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);

  async remember(destination: string | null = 'id:there'): Promise<this> {
    await this.store.useLedger(null, { source: 'id:here', destination });
    await this.store.appendSteps([step('a')]);
    const [taken] = await this.store.claim(1);
    await this.store.forgetIntents([{ stepId: taken!.id, ledger: ledgerEntry('a') }]);
    return this;
  }

  choose(source: string, destination: string | null): Promise<unknown> {
    return chooseLedger(rootsOf(source, destination), activeContext({ store: this.store })).catch(questionIn);
  }

  pairs = () => this.job.pairs.map(({ number, sourceRoot, destinationRoot }) => [number, sourceRoot, destinationRoot]);
}

const rootsOf = (source: string, destination: string | null): RootItems => ({
  source: item(source, { kind: 'FOLDER' }),
  destination: destination === null ? null : item(destination, { kind: 'FOLDER' }),
});

/** The text of a question; anything else that is thrown is a failure. */
function questionIn(error: unknown): string {
  if (error instanceof Question) return error.message;
  throw error;
}

const GO_ON =
  ' If that is right, resume the run: it begins a new ledger, and compares everything anew. Else cancel it.';
const OTHER = (places: string) =>
  `Another folder than before stands at the ${places}, such as after a restore or where a share is not mounted.${GO_ON}`;

describe('the ledger of a run', () => {
  it('is begun by the first one', async () => {
    const house = new House();
    expect(await house.choose('here', null)).toBeUndefined();
    expect(house.pairs()).toEqual([[1, 'id:here', null]]);
  });

  it('is the one of the folders that stand there', async () => {
    const house = await new House().remember();
    await house.choose('here', 'there');
    expect(house.pairs()).toEqual([[1, 'id:here', 'id:there']]);
    expect(await countRemembered(activeContext({ store: house.store }))).toBe(1);
  });

  it('learns the destination that was made since', async () => {
    const house = await new House().remember(null);
    expect(await house.choose('here', 'there')).toBeUndefined();
    expect(house.pairs()).toEqual([[1, 'id:here', 'id:there']]);
  });

  it('holds nothing before the first run', async () => {
    expect(await countRemembered(activeContext())).toBe(0);
  });

  it.each<[string, string, string | null, string]>([
    ['the source', 'other', 'there', OTHER('source')],
    ['the destination', 'here', 'other', OTHER('destination')],
    ['both places', 'other', 'other', OTHER('source and the destination')],
    ['no destination', 'here', null, `The folder that was the destination is not there any more.${GO_ON}`],
    [
      'another source and no destination',
      'other',
      null,
      `The folder that was the destination is not there any more.${GO_ON}`,
    ],
  ])('is asked for where another folder stands at %s', async (_, source, destination, question) => {
    const house = await new House().remember();
    expect(await house.choose(source, destination)).toBe(question);
    expect(house.pairs()).toEqual([[1, 'id:here', 'id:there']]);
  });

  it('names the source alone where only that is another one and no destination was known', async () => {
    const house = await new House().remember(null);
    expect(await house.choose('other', null)).toBe(OTHER('source'));
  });

  it('is begun anew where people said that all is as it should be', async () => {
    const house = await new House().remember();
    await house.choose('other', 'there');
    expect(await house.choose('other', 'there')).toBeUndefined();
    expect(house.pairs()).toEqual([
      [2, 'id:other', 'id:there'],
      [1, 'id:here', 'id:there'],
    ]);
  });

  it('is asked for again where yet another folder stands there than people said is right', async () => {
    const house = await new House().remember();
    await house.choose('other', 'there');
    expect(await house.choose('third', 'there')).toBe(OTHER('source'));
    expect(await house.choose('third', null)).toMatch(/is not there any more/);
  });
});

describe('a side that shows nothing', () => {
  const both = ['SOURCE', 'DESTINATION'] as const;
  const ask = (
    seen: [number, number],
    remembered: number,
    sides: readonly ('SOURCE' | 'DESTINATION')[] = both,
    store = new MemoryEngineStore(),
  ) =>
    askIfEmptied(sides, { SOURCE: seen[0], DESTINATION: seen[1] }, remembered, activeContext({ store })).catch(
      questionIn,
    );
  const empty = (places: string) =>
    `The ${places} is empty, and 7 items were there before. If that is right, resume the run; else cancel it and look whether the share is mounted and the account sees everything.`;

  it.each<[string, [number, number], string]>([
    ['the source', [0, 3], empty('source')],
    ['the destination', [3, 0], empty('destination')],
    ['both', [0, 0], empty('source and the destination')],
  ])('is asked for: %s', async (_, seen, question) => {
    expect(await ask(seen, 7)).toBe(question);
  });

  it('is not asked for where nothing was there before, something is there, or the job empties it itself', async () => {
    expect(await ask([0, 0], 0)).toBeUndefined();
    expect(await ask([1, 1], 7)).toBeUndefined();
    expect(await ask([0, 3], 7, ['DESTINATION'])).toBeUndefined();
  });

  it('is asked for once: going on is the answer, about these sides alone', async () => {
    const store = new MemoryEngineStore();
    expect(await ask([0, 3], 7, both, store)).toBe(empty('source'));
    expect(await ask([0, 3], 7, both, store)).toBeUndefined();
    expect(await ask([3, 0], 7, both, store)).toBe(empty('destination'));
  });
});

it('a question is told from a failure by its name', () => {
  expect(new Question('Is it right?').name).toBe('Question');
});
