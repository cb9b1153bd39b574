import { describe, expect, test } from 'vitest';
import { refusal, sentenceOf } from './errors.js';

const refused = (status: number, body: unknown, isServiceAccount = false) =>
  refusal(
    {
      status,
      headers: new Headers({ 'x-request-id': 'r-1' }),
      text: typeof body === 'string' ? body : JSON.stringify(body),
    },
    'try',
    isServiceAccount,
  );

describe('every shape of an error body becomes one sentence', () => {
  test.each([
    [{ errors: 'Not found' }, 'Not found'],
    [{ errors: ['one', 'two'] }, 'one; two'],
    [{ errors: { name: ['has already been taken'], base: ['whole'] } }, 'name has already been taken; whole'],
    [{ errors: { assignees: 'required' } }, 'assignees required'],
    [{ errors: [], message: 'told elsewhere' }, 'told elsewhere'],
    [{ error: { code: 'X', message: 'v2 says', details: [] } }, 'v2 says'],
    [{ message: 'Invalid Project or Company' }, 'Invalid Project or Company'],
    [{ error: 'invalid_grant', error_description: 'The code is dead' }, 'The code is dead'],
    [{ error: 'invalid_grant' }, 'invalid_grant'],
    [{ code: 5, message: null, fields: null, reason: 'because' }, 'because'],
    ['Missing Procore-Company-Id header! More words.', 'Missing Procore-Company-Id header! More words.'],
    ['"just text"', 'just text'],
    ['', 'The server answered with status 418 and no explanation.'],
    ['{}', '{}'],
    [
      '<!DOCTYPE html><html><body>Bad gateway</body></html>',
      'The server answered with status 418 and a web page instead of data.',
    ],
  ])('%j', (body, sentence) => {
    expect(sentenceOf(418, typeof body === 'string' ? body : JSON.stringify(body))).toBe(sentence);
  });

  test('long text is cut', () => {
    expect(sentenceOf(500, 'x'.repeat(9000))).toHaveLength(500);
  });

  test('what is signed or secret is taken out', () => {
    const text =
      'see https://s3.example/a?X-Amz-Signature=abc123, Bearer eyJabc.def and {"access_token": "tok-1", client_secret=s3cr3t}';
    const sentence = sentenceOf(400, text);
    for (const secret of ['abc123', 'eyJabc', 'tok-1', 's3cr3t']) expect(sentence).not.toContain(secret);
  });
});

describe('kinds', () => {
  test.each([
    [400, { errors: { name: ['has already been taken'] } }, 'NAME_TAKEN'],
    [400, { errors: 'Name has already been taken' }, 'NAME_TAKEN'],
    [422, { errors: { name: ['has already been taken'] } }, 'NAME_TAKEN'],
    [400, { errors: { base: ['other'] } }, 'REJECTED'],
    [401, { errors: 'text' }, 'SIGN_IN_REQUIRED'],
    [403, { errors: ['App is not connected to this company.'] }, 'ACCESS_DENIED'],
    [404, { errors: 'Not found' }, 'NOT_FOUND'],
    [406, '', 'REJECTED'],
    [409, { errors: { base: ['x'] } }, 'CONFLICT'],
    [410, '', 'NOT_FOUND'],
    [302, '', 'PLATFORM_ERROR'],
  ])('%i %j is %s', (status, body, kind) => {
    expect(refused(status, body)).toMatchObject({ kind, status, remoteStatus: String(status), remoteRequestId: 'r-1' });
  });

  test('401 of a service account is its client’s fault', () => {
    expect(refused(401, {}, true).kind).toBe('CREDENTIALS_INVALID');
  });

  test('a checked-out file names holder and end', () => {
    const file = { checked_out_by: { name: 'Ivo Marsh' }, checked_out_until: '2026-10-01T18:00:00Z' };
    const error = refused(409, { errors: { base: ['any words'] }, error_type: 'FileIsCheckedOut', file });
    expect(error).toMatchObject({ kind: 'LOCKED', retry: 'later', retryAt: new Date('2026-10-01T18:00:00Z') });
    expect(error.message).toContain('Ivo Marsh');
  });
});
