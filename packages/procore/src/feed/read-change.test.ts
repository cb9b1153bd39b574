import { expect, it } from 'vitest';
import { readChange, readNote } from './read-change.js';
import type { FeedNote } from './read-change.js';

const NOTE: FeedNote = {
  version: 'v2.0',
  hookId: '7',
  companyId: '598134325100042',
  projectId: '598134325500771',
  userId: '88',
  isServiceAccount: false,
};
const WORD = {
  id: 440018822,
  ulid: '01K0SIMEVENT00000000000001',
  metadata: { source_user_id: 88, source_application_id: null },
  user_id: 88,
  project_id: 598134325500771,
  event_type: 'update',
  resource_name: 'Project Files',
  resource_id: 7700245,
};
const read = (changes: object, note: Partial<FeedNote> = {}) =>
  readChange({ ...WORD, ...changes }, JSON.stringify({ ...NOTE, ...note }));
const app = { metadata: { source_user_id: 88, source_application_id: 5001 } };

it.each<[string, object, Partial<FeedNote>, ReturnType<typeof readChange>]>([
  ['of a person in the web app', {}, {}, { id: WORD.ulid, isOwn: false }],
  ['of another person', { user_id: 89 }, {}, { id: WORD.ulid, isOwn: false }],
  ['of another person through an app', { ...app, user_id: 89 }, {}, { id: WORD.ulid, isOwn: false }],
  ['of the own account through an app', app, {}, { id: WORD.ulid, isOwn: true }],
  ['of a service account', {}, { isServiceAccount: true }, { id: WORD.ulid, isOwn: true }],
  ['of an account that is not known', app, { userId: null }, { id: WORD.ulid, isOwn: false }],
  ['without a ulid', { ulid: undefined }, {}, { id: '440018822', isOwn: false }],
  [
    'of 4.0',
    { id: '01K', ulid: undefined, metadata: undefined, resource_name: undefined, resource_type: 'Project Folders' },
    {},
    { id: '01K', isOwn: false },
  ],
  [
    'with texts for numbers',
    { project_id: '598134325500771', user_id: '88' },
    { isServiceAccount: true },
    { id: WORD.ulid, isOwn: true },
  ],
  ['of versions', { resource_name: 'File Versions' }, {}, { id: WORD.ulid, isOwn: false }],
  ['of another project', { project_id: 598134325500772 }, {}, null],
  ['of another tool', { resource_name: 'RFIs' }, {}, null],
  ['without an identifier', { id: null, ulid: null }, {}, null],
  ['with an endless identifier', { ulid: 'x'.repeat(101) }, {}, null],
])('word %s', (_name, changes, note, expected) => expect(read(changes, note)).toEqual(expected));

it('is no word without an object and without a note', () => {
  for (const body of [null, [], 'word', 7, {}]) expect(readChange(body, JSON.stringify(NOTE))).toBeNull();
  for (const note of ['', '{', '[]', '{"hookId":"7"}']) expect(readChange(WORD, note)).toBeNull();
  expect(readNote(JSON.stringify(NOTE))).toEqual(NOTE);
});
