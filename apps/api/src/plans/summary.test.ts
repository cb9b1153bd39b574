import { expect, it } from 'vitest';
import { undecided, type Transfer } from '@sluice/core/plan';
import { addToTotals, emptyTotals } from '../runs/engine-store/counters.js';
import { countedLosses, deniedIssues, planIssues } from './summary.js';

it('a plan warns by name of what the account may not do, with the number of items, and of nothing else', () => {
  const denial = { message: 'The account may not upload files.', remedy: 'Ask for the right.' };
  const denials = [
    { ...denial, action: 'CREATE' as const },
    { ...denial, action: 'DELETE' as const },
  ];
  expect(deniedIssues('destination', { CREATE: 3 }, denials)).toEqual([
    {
      severity: 'WARNING',
      code: 'REMOTE_FORBIDDEN',
      message: 'The account may not upload files. Ask for the right.',
      itemCount: 3,
      field: ['destination'],
      capability: null,
      limit: null,
    },
  ]);
});

it('a plan tells what stays behind by numbers where it counted, in the place of the general word', () => {
  const general = (['TAGS_MAP', 'AUTHOR_PRESERVATION', null] as const).map((capability) => ({
    ...{ severity: 'INFO' as const, code: 'CAPABILITY_MISSING' as const, message: `Of ${capability}.` },
    ...{ field: null, limit: null, itemCount: null, capability },
  }));
  const told = countedLosses({ losses: { TAGS: 312, UNMAPPED: 1 } }, general);
  expect(told.map(({ message, itemCount, capability }) => [message, itemCount, capability])).toEqual([
    ['312 items have tags that the destination cannot hold.', 312, 'TAGS_MAP'],
    ['1 item has a value that could not be mapped and is left out.', 1, null],
    ['Of AUTHOR_PRESERVATION.', null, 'AUTHOR_PRESERVATION'],
    ['Of null.', null, null],
  ]);
  expect(countedLosses({}, general)).toEqual(general);
});

it('a plan says that its bytes are at least so many where former versions come whose size is not told', () => {
  const totals = emptyTotals();
  const step = { ...undecided('a.txt', null), action: 'CREATE', byteCount: 5 } as Transfer;
  addToTotals(totals, step);
  expect(planIssues({ totals, undoesId: null })).toEqual([]);
  for (const unsized of [2, 1]) addToTotals(totals, { ...step, unsized });
  const [told] = planIssues({ totals, undoesId: null });
  expect(told).toMatchObject({ severity: 'INFO', itemCount: 3 });
  expect(told?.message).toContain('at least');
  expect(totals.actions.CREATE).toEqual({ items: 3, bytes: 15 });
});
