import { describe, expect, it } from 'vitest';
import { databaseError, explain, listenError } from './explain.js';
import { fileTrouble } from './file-trouble.js';

const failed = (code: string, more: object = {}) => Object.assign(new Error(`${code}: it failed`), { code, ...more });
const PLACE = { host: '127.0.0.1', port: 81 };
const SECRET_URL = 'postgres://sluice:hunter2hunter2@db.example:5432/sluice';

/** Sentences for people: each ends, and none shows a stack. */
function expectSentences(text: string): void {
  expect(text).toMatch(/^[A-Z].*[.]$/);
  expect(text).not.toMatch(/\n|\bat .+:\d+:\d+/);
}

describe('a start that fails is told in a sentence with place and remedy', () => {
  it.each([
    ['EADDRINUSE', /^Port 81 is in use by another program\. Stop .*PORT/],
    ['EACCES', /^The account that runs Sluice may not listen on port 81\. Set PORT to one above 1023/],
    ['EADDRNOTAVAIL', /no address 127\.0\.0\.1 to listen on\. Set HOST/],
    ['ENOTFOUND', /^HOST 127\.0\.0\.1 is no name/],
    ['EMFILE', /^Sluice cannot listen on 127\.0\.0\.1, port 81 \(EMFILE\)\. Set HOST or PORT/],
  ])('a port that gives %s', (code, sentence) => {
    const text = explain(listenError(failed(code), PLACE));
    expect(text).toMatch(sentence);
    expectSentences(text);
  });

  it.each([
    ['EROFS', /mounted read-only\. Mount it for writing, or set SLUICE_DATA/],
    ['EACCES', /cannot be read and written by the account that runs Sluice\. Give the account that right/],
    ['EEXIST', /is a file or lies below one, not a folder\. Set SLUICE_DATA to a folder/],
    ['ENOSPC', /no room left\. Make room/],
    ['SQLITE_CANTOPEN', /cannot be opened\. See that it is a file/],
    ['SQLITE_READONLY_DIRECTORY', /cannot be read and written/],
    ['SQLITE_NOTADB', /damaged or no database\. Restore it/],
    ['SQLITE_BUSY', /is held by another program\. Close/],
    ['SQLITE_IOERR_WRITE', /the disk reports an error/],
  ])('a data folder that gives %s', (code, sentence) => {
    const text = fileTrouble('The data folder /srv/sluice', failed(code)) ?? '';
    expect(text).toMatch(/^The data folder \/srv\/sluice /);
    expect(text).toMatch(sentence);
    expectSentences(text);
  });

  it.each([
    ['ECONNREFUSED', /at db\.example:5432 refuses connections\. See that it runs/],
    ['28P01', /refuses the user or the password\. Correct them in DATABASE_URL/],
    ['3D000', /has no database of that name/],
    ['57P03', /still starting/],
    ['XX000', /cannot be used: XX000: it failed\. Check DATABASE_URL/],
  ])('a PostgreSQL server that gives %s', (code, sentence) => {
    const wrapped = new Error(`Failed query: select 1\nparams: hunter2hunter2`, { cause: failed(code) });
    const text = explain(databaseError(wrapped, SECRET_URL));
    expect(text).toMatch(sentence);
    expect(text).not.toContain('hunter2');
    expectSentences(text);
  });

  it('a file of which only the system knows the path', () => {
    const text = explain(failed('EACCES', { path: '/srv/sluice/demo' }));
    expect(text).toMatch(/^\/srv\/sluice\/demo cannot be read and written .* SLUICE_DATA/);
  });

  it.each([new TypeError('x is not\n  a function'), 'thrown text'])('anything else: %s', (error) => {
    const text = explain(error);
    expect(text).toMatch(/^Sluice cannot start: /);
    expectSentences(text);
  });
});
