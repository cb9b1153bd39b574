import { expect, it } from 'vitest';
import { deniedIssues } from './summary.js';

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
