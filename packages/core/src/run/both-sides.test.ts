import { describe, expect, it } from 'vitest';
import type { Policies, Step } from '../plan/index.js';
import { item, ledgerEntry, settledStep, step } from '../testing/index.js';
import { activeRoom, at, stepsKept } from './active-room.testing.js';
import { BothSides, ExchangedWriter, inWords, planningOfSource } from './both-sides.js';
import { MovedPlaces } from './moved-places.js';

const AT_SOURCE = { from: 'destination', to: 'source' } as const;

describe('what the planning of the destination tells that of the source', () => {
  it.each<[string, (both: BothSides) => void, (both: BothSides) => boolean]>([
    ['that an item met something new', (both) => both.meetAnew('id:a'), (both) => both.hasMetAnew('id:a')],
    ['that an item leaves its name', (both) => both.leaveName(at('a'), 'a'), (both) => both.hasLeftName(at('a'))],
    ['that an item is moved', (both) => both.noteMoved(at('a')), (both) => both.isMoved(at('a'))],
    ['that an item gets a content', (both) => both.noteWritten(at('a')), (both) => both.isWritten(at('a'))],
    ['that the source follows an item', (both) => both.follow(at('a')), (both) => both.isFollowed(item('a'))],
    ['that both versions of an item are kept', (both) => both.agree(at('a')), (both) => both.isAgreed(at('a'))],
  ])('%s, and of no other one', (_, tell, ask) => {
    const both = new BothSides();
    both.pair(at('b'), at('a'));
    expect(ask(both)).toBe(false);
    tell(both);
    expect(ask(both)).toBe(true);
    const others = [both.isMoved(at('b')), both.isWritten(at('b')), both.isAgreed(at('b')), both.hasLeftName(at('b'))];
    expect([...others, both.isFollowed(item('b')), both.hasMetAnew('id:b')]).not.toContain(true);
  });

  it('which item of the source belongs to one that has another key', () => {
    const both = new BothSides();
    both.pair(at('b', { id: 'source' }), at('a', { id: 'there' }));
    both.pair(at('c'), at('c', { id: 'same key' }));
    expect(both.partnerOf(at('moved since', { id: 'there' }))).toEqual(at('b', { id: 'source' }));
    expect(both.partnerOf(at('c', { id: 'same key' }))).toBeNull();
  });

  it('under which key the ledger goes on to know what leaves its name', () => {
    const both = new BothSides();
    both.leaveName(at('a'), 'known');
    expect([both.knownKeyOf(item('a')), both.knownKeyOf(item('b'))]).toEqual(['known', undefined]);
  });

  it('where items stand once its moves are carried out', () => {
    const both = new BothSides();
    expect(both.now('a', 'FILE')).toBe('a');
    both.places = new MovedPlaces();
    both.places.note('a', 'f/a', 'FILE');
    expect([both.now('a', 'FILE'), both.now('a', 'FOLDER')]).toEqual(['f/a', 'a']);
  });

  it('what is made again on each side', () => {
    const both = new BothSides();
    both.survivingIn(false).add('a');
    both.survivingIn(true).add('b');
    expect(both.surviving).toEqual({ SOURCE: new Set(['a']), DESTINATION: new Set(['b']) });
  });
});

it.each<[Policies['conflict'], Policies['conflict']]>([
  ['KEEP_BOTH', 'KEEP_BOTH'],
  ['LATEST', 'LATEST'],
  ['SOURCE', 'DESTINATION'],
  ['DESTINATION', 'SOURCE'],
  ['FLAG', 'FLAG'],
])('where %s settles a conflict, the changes of the source are planned with %s', async (conflict, expected) => {
  const context = await activeRoom('SYNC', { policies: { conflict, deletions: 'IGNORE_SOURCE', retries: 7 } });
  const { policies, table, source, words } = planningOfSource(context);
  expect(policies).toMatchObject({ conflict: expected, retries: 7 });
  expect(source).toBe(context.destination);
  expect(words).toEqual(AT_SOURCE);
  expect([table.content.absent.same, table.content.same.absent]).toEqual(['REMOVE_DESTINATION', 'NOTHING']);
});

/** What comes of a step that was planned with both sides exchanged. */
async function written(
  given: Step,
  both = new BothSides(),
  words: ConstructorParameters<typeof ExchangedWriter>[2] = AT_SOURCE,
) {
  const { steps, writer } = stepsKept();
  await new ExchangedWriter(writer, both, words).add(given);
  return steps[0];
}

/** Where the item `a` of the destination goes to `f/a`. */
function withMove(): BothSides {
  const both = new BothSides();
  both.places = new MovedPlaces();
  both.places.note('a', 'f/a', 'FILE');
  return both;
}

const move: Step = {
  ...step('a'),
  ...{ type: 'MOVE', action: 'RENAME', existing: item('b'), base: ledgerEntry('a', { destinationKey: 'b' }) },
  expects: { id: 'b', version: null },
};

describe('a step that is planned with both sides exchanged', () => {
  it('changes the source, and says so in its words', async () => {
    const told = 'The file is missing at the destination. It was renamed at the source.';
    expect(await written(step('a', { destinationKey: 'b', message: told }))).toMatchObject({
      ...{ side: 'SOURCE', sourceKey: 'b', destinationKey: 'a' },
      message: 'The file is missing at the source. It was renamed at the destination.',
    });
  });

  it('reads a file where it stands by then', async () => {
    expect(await written(step('a', { destinationKey: 'b' }), withMove())).toMatchObject({
      ...{ sourceKey: 'b', destinationKey: 'f/a', readAt: 'f/a' },
    });
  });

  it('says nothing of where a file stands that stays', async () => {
    const made = await written(step('b'), withMove());
    expect(made).not.toHaveProperty('readAt');
    expect(made).toMatchObject({ destinationKey: 'b' });
  });

  it('reads nothing where no content comes', async () => {
    const made = await written(settledStep('a'), withMove());
    expect(made).toMatchObject({ destinationKey: 'f/a' });
    expect(made).not.toHaveProperty('readAt');
  });

  it('keeps the key by which the ledger knows an item that leaves its name', async () => {
    const both = withMove();
    both.leaveName(at('a'), 'known');
    expect(await written(step('a'), both)).toMatchObject({ destinationKey: 'known', readAt: 'f/a' });
  });

  it.each([
    ['without an item of the destination', { source: null }],
    ['without a key there', { sourceKey: null }],
  ])('stays as it is %s', async (_, over) => {
    expect(await written({ ...settledStep('a'), ...over }, withMove())).toMatchObject({
      destinationKey: 'sourceKey' in over ? null : 'a',
    });
  });

  it('moves an item behind a step about its content where the source follows it', async () => {
    const both = withMove();
    expect(await written(move, both)).not.toHaveProperty('isBehindContent');
    both.follow(at('a'));
    expect(await written(move, both)).toMatchObject({ isBehindContent: true, destinationKey: 'f/a' });
    expect(await written(step('a'), both)).not.toHaveProperty('isBehindContent');
  });

  it('moves what has no item at the destination as it was planned', async () => {
    const both = withMove();
    both.follow(at('a'));
    expect(await written({ ...move, source: null }, both)).not.toHaveProperty('isBehindContent');
  });
});

it('what stays as it is is not counted again', async () => {
  const counted: string[] = [];
  const { writer } = stepsKept();
  const counting = {
    ...writer,
    addUnchanged: async () => void counted.push('one'),
    countUnchanged: async () => void counted.push('many'),
  };
  const exchanged = new ExchangedWriter(counting, new BothSides(), AT_SOURCE);
  await exchanged.addUnchanged();
  await exchanged.countUnchanged();
  expect(counted).toEqual([]);
});

it.each([
  ['a side', 'It is gone at the source.', 'It is gone at the destination.'],
  ['both sides at once', 'From source to destination.', 'From destination to source.'],
  ['no name in quotation marks', 'Rename “the source” at the source.', 'Rename “the source” at the destination.'],
  ['no path in straight ones', 'The "source" of the destination.', 'The "source" of the source.'],
  ['no other word', 'Sources and resource.', 'Sources and resource.'],
])('a sentence for the source exchanges %s', (_, text, expected) => {
  expect(inWords(text, AT_SOURCE)).toBe(expected);
  expect(inWords(text, { from: 'source', to: 'destination' })).toBe(text);
});
