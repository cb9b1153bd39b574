import { describe, expect, it } from 'vitest';
import { include } from '../filter/filter.testing.js';
import { packItems, PlatformError } from '../platform/index.js';
import { item } from '../testing/index.js';
import { skip } from '../plan/index.js';
import { activeRoom, at, FOLDER, type ActiveRoom } from './active-room.testing.js';
import { Blocks, unnamed } from './blocks.js';

const name = { name: 'f', isRevised: false };
const target = { key: 'to', listedKey: 'to', formerKey: 'to', movingId: null };
const folder = at('f', FOLDER);

it('what gets no name is refused with what people can do', () => {
  expect(unnamed({ reason: 'NAME_INVALID', message: 'The name is not allowed.' })).toEqual({
    ...{ action: 'REFUSE', reason: 'NAME_INVALID', message: 'The name is not allowed.' },
    remedy: 'Rename it at the source, or change the policy of the job.',
  });
});

describe('an item is kept from its place', () => {
  it('with what keeps its folder', async () => {
    const blocked = skip('NAME_TAKEN', 'Its folder is left out.');
    const blocks = new Blocks(await activeRoom('COPY'));
    expect(await blocks.of(at('a'), { blocked }, name, null)).toBe(blocked);
  });

  it('without a name', async () => {
    const blocks = new Blocks(await activeRoom('COPY'));
    const problem = { reason: 'DUPLICATE_NAME', message: 'Two have it.' } as const;
    expect(await blocks.of(at('a'), target, problem, null)).toMatchObject({ action: 'REFUSE', ...problem });
  });
});

/** The destination could not list that folder. */
const unlisted = (context: ActiveRoom, key: string) =>
  context.store.stageProblems('DESTINATION', [
    { key, problem: { path: key.split('/'), kind: 'FOLDER', error: new PlatformError('ACCESS_DENIED', 'No.') } },
  ]);

describe('a folder that could not be listed at the destination', () => {
  const refused = {
    ...{ action: 'REFUSE', reason: 'LISTING_FAILED' },
    message: 'The folder could not be listed at the destination.',
    remedy: 'Give the account the right to see it.',
  };

  it.each([
    ['where it is to stand', 'to/f', null, refused],
    ['where what has its name stands', 'to/F', at('to/F', FOLDER), refused],
    ['elsewhere, which is no matter', 'f', null, null],
    ['where it is to stand, while another one has its name', 'to/f', at('to/F', FOLDER), null],
  ])('%s', async (_, key, named, expected) => {
    const context = await activeRoom('COPY');
    await unlisted(context, key);
    expect(await new Blocks(context).of(folder, target, name, named)).toEqual(expected);
  });

  it('is no matter for a file', async () => {
    const context = await activeRoom('COPY');
    await unlisted(context, 'to/f');
    expect(await new Blocks(context).of(at('f'), target, name, null)).toBeNull();
  });
});

describe('a folder without files', () => {
  const left = { action: 'SKIP', reason: 'EMPTY_FOLDER', message: 'The folder is empty.' };

  it.each([
    ['is made', 'CREATE', [], null],
    ['is left out where the job says so', 'SKIP', [], left],
    ['is left out with folders in it', 'SKIP', [at('f/g', FOLDER)], left],
    ['is none with a file at any depth', 'SKIP', [at('f/g/a')], null],
  ] as const)('%s', async (_, emptyFolders, items, expected) => {
    const context = await activeRoom('COPY', { policies: { emptyFolders } });
    await context.show('SOURCE', ...items);
    const blocks = new Blocks(context);
    expect(blocks.leaveOutEmpty).toBe(emptyFolders === 'SKIP');
    expect(await blocks.of(folder, target, name, null)).toEqual(expected);
  });
});

describe('where both sides are changed', () => {
  const policies = { emptyFolders: 'SKIP' } as const;
  const rules = [include({ globs: ['*.txt'] })];

  it.each([
    ['a folder is empty that holds only what the filters leave out', 'f/a.tmp', 'EMPTY_FOLDER'],
    ['a folder is not empty that holds what is in', 'f/a.txt', undefined],
  ])('%s', async (_, key, reason) => {
    const context = await activeRoom('SYNC', { policies, rules });
    await context.show('SOURCE', at(key));
    context.sifter.sift([{ key: 'f', items: packItems(['f'], [item(key)]) }]);
    expect((await new Blocks(context).of(folder, target, name, null))?.reason).toBe(reason);
  });

  it('a folder is not empty that holds a file, without filters', async () => {
    const context = await activeRoom('SYNC', { policies });
    await context.show('SOURCE', at('f/a'));
    expect(await new Blocks(context).of(folder, target, name, null)).toBeNull();
  });
});

describe('a folder that the filters want only for what is in it', () => {
  const rules = [include({ globs: ['**/*.txt'] })];

  it.each([
    ['leads nowhere where nothing of it is in', ['f/g'], true],
    ['leads to what is in', ['f/g/a.txt'], false],
  ])('%s', async (_, keys, expected) => {
    const context = await activeRoom('COPY', { rules });
    await context.show('SOURCE', ...keys.map((key) => at(key, key.endsWith('.txt') ? {} : FOLDER)));
    expect(await new Blocks(context).leadsNowhere(folder)).toBe(expected);
  });

  it('leads somewhere where there are no filters, though it is empty', async () => {
    expect(await new Blocks(await activeRoom('COPY')).leadsNowhere(folder)).toBe(false);
  });
});
