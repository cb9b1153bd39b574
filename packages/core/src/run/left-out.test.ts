import { describe, expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import { packItems, type Item, type ItemRule } from '../platform/index.js';
import type { LedgerEntry, TransferType } from '../plan/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import { LeftOut, type LeftOutBy } from './left-out.js';
import { listedContext, there, type Listed } from './listed.testing.js';

/** Temporary files are left out. */
const RULE: ItemRule = { ...NO_CONDITION, isExclusion: true, extensions: ['tmp'] };
const staged = (one: Item) => ({ key: one.path.join('/'), item: one });
const filtersOf = async (type: TransferType, listed: Listed = {}, rules = [RULE]) =>
  new LeftOut(await listedContext(type, listed, { rules }));

describe('nothing is done about an item of the source', () => {
  const renamed = ledgerEntry('a.txt', { destinationKey: 'a.tmp', destinationId: 'd:a' });
  const other = ledgerEntry('b.tmp', { destinationKey: 'a.txt', destinationId: 'd:a.txt' });

  it.each<[string, Item, LedgerEntry | null, Item | null, Listed, LeftOutBy | null]>([
    ['that is left out', item('a.tmp'), null, null, {}, 'SELF'],
    ['whose name has what is left out at the destination', item('a.txt'), null, there('a.tmp'), {}, 'OTHER_HALF'],
    [
      'whose other half is left out where it stands',
      item('a.txt'),
      renamed,
      null,
      { destination: [there('b.tmp', { id: 'd:a' })] },
      'OTHER_HALF',
    ],
    ['whose other half was left out where it stood', item('a.txt'), renamed, null, {}, 'OTHER_HALF'],
    [
      'whose name has the other half of an item that is left out',
      item('a.txt'),
      null,
      there('a.txt'),
      { source: [item('b.tmp')], ledger: [other] },
      'NAME',
    ],
  ])('%s', async (_, given, entry, found, listed, by) => {
    const filters = await filtersOf('SYNC', listed);
    expect(await filters.of(staged(given), entry, found && staged(found))).toBe(by);
  });

  it.each<[string, LedgerEntry | null, Item | null, Listed]>([
    ['that nothing of its name meets', null, null, {}],
    ['whose other half stands under a name that is in', renamed, null, { destination: [there('b', { id: 'd:a' })] }],
    [
      'whose other half was replaced, as programs save files, by one that is in',
      ledgerEntry('a.txt'),
      null,
      { destination: [there('a.txt', { id: 'saved', version: '8' })] },
    ],
    ['whose name has its own other half', ledgerEntry('a.txt'), there('a.txt'), {}],
    ['whose name has what is new', null, there('a.txt'), {}],
    [
      'whose name has the other half of an item that is in',
      null,
      there('a.txt'),
      { source: [item('b.txt')], ledger: [{ ...other, sourceKey: 'b.txt', sourceId: 'id:b.txt' }] },
    ],
    ['whose name has the other half of what is gone', null, there('a.txt'), { ledger: [other] }],
  ])('but not of one %s', async (_, entry, found, listed) => {
    const filters = await filtersOf('SYNC', listed);
    expect(await filters.of(staged(item('a.txt')), entry, found && staged(found))).toBeNull();
  });

  it('whose own other half has its name, though the ledger knows that under another item too', async () => {
    const own = { ...other, sourceKey: 'a.txt', sourceId: 'id:a.txt' };
    const filters = await filtersOf('SYNC', { source: [item('b.tmp')], ledger: [other] });
    expect(await filters.of(staged(item('a.txt')), own, staged(there('a.txt')))).toBeNull();
  });
});

describe('what is left out is looked at', () => {
  it.each<[string, TransferType, ItemRule[], boolean]>([
    ['where both sides are changed', 'SYNC', [RULE], true],
    ['not where only the destination is, whose source was listed without it', 'COPY', [RULE], false],
    ['not where there are no filters', 'SYNC', [], false],
  ])('%s', async (_, type, rules, isActive) => {
    const filters = await filtersOf(type, {}, rules);
    expect(filters.isActive).toBe(isActive);
    expect(await filters.of(staged(item('a.tmp')), null, null)).toBe(isActive ? 'SELF' : null);
  });
});

describe('nothing is done about what the source does not show', () => {
  it('whose place is left out', async () => {
    const filters = await filtersOf('COPY');
    expect(await filters.ofLost(ledgerEntry('a.tmp'))).toBe(true);
    expect(await filters.ofLost(ledgerEntry('a.txt'))).toBe(false);
  });

  it('that the filters left out of the listing', async () => {
    const context = await listedContext('COPY', {}, { rules: [RULE] });
    await context.store.stageLeftOut([{ key: '', items: packItems([], [item('a.txt')]) }], false);
    expect(await new LeftOut(context).ofLost(ledgerEntry('a.txt'))).toBe(true);
  });

  it('whose other half is left out, where both sides are changed', async () => {
    const entry = ledgerEntry('a.txt', { destinationKey: 'a.tmp' });
    expect(await (await filtersOf('SYNC')).ofLost(entry)).toBe(true);
    expect(await (await filtersOf('COPY')).ofLost(entry)).toBe(false);
    expect(await (await filtersOf('SYNC')).ofLost(ledgerEntry('a.txt'))).toBe(false);
  });

  it('but only where there are filters', async () => {
    const context = await listedContext('SYNC', {});
    await context.store.stageLeftOut([{ key: '', items: packItems([], [item('a.txt')]) }], false);
    expect(await new LeftOut(context).ofLost(ledgerEntry('a.txt'))).toBe(false);
  });
});
