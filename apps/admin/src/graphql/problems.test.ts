import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { beforeAll, describe, expect, it } from 'vitest';
import { failureSentence, fieldPath, isSignedOut, sortProblems } from './problems.js';
import { t } from './words.js';

beforeAll(() => t.load());

const failed = (code: string, message = 'as the server says') =>
  new CombinedGraphQLErrors({ errors: [{ message, extensions: { code } }] });

describe('problems of a form', () => {
  const known = (path: string) => ['name', 'settings.procore.loginUrl', 'source'].includes(path);

  it('names a field as the form does', () => {
    expect(fieldPath({ field: ['input', 'settings', 'procore', 'loginUrl'] })).toBe('settings.procore.loginUrl');
    expect([fieldPath({ field: null }), fieldPath({ field: ['input'] })]).toEqual([null, null]);
  });

  it('puts each problem at its field, or at the nearest one around it, and the others on top', () => {
    const sorted = sortProblems(
      [
        { field: ['input', 'name'], message: 'Taken.' },
        { field: ['input', 'name'], message: 'Too long.' },
        { field: ['input', 'source', 'at', 'path'], message: 'Not there.' },
        { field: ['input', 'labels', '3'], message: 'Empty.' },
        { field: null, message: 'In use.' },
      ],
      known,
    );
    expect(sorted).toEqual({
      byField: { name: 'Taken. Too long.', source: 'Not there.' },
      general: ['Empty.', 'In use.'],
    });
  });
});

describe('failed requests', () => {
  it('knows the end of a session', () => {
    expect([
      isSignedOut(failed('UNAUTHENTICATED')),
      isSignedOut(failed('FORBIDDEN')),
      isSignedOut(new TypeError()),
    ]).toEqual([true, false, false]);
  });

  it('has a sentence of its own for some, and the server’s for the others', () => {
    expect(failureSentence(failed('TIMEOUT'))).toBe('The server did not answer in time. Try again.');
    expect(failureSentence(failed('PLATFORM_ERROR', 'Procore answers with 503.'))).toBe('Procore answers with 503.');
    expect(failureSentence(new TypeError('fetch failed'))).toMatch(/cannot be reached/);
  });
});
