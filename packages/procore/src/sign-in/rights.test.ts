import { expect, test } from 'vitest';
import { denialsOf } from './denials.js';
import { mayDo, readRights } from './rights.js';

const tool = (level: string, permitted_actions: unknown[] = [], more: object = {}) => ({
  tools: [{ name: 'documents', user_access_level: { name: level }, permitted_actions, ...more }],
});
const destroy = { id: 12, action_name: 'destroy_files_and_folders', label: 'Delete', tool_name: 'documents' };

test.each([
  ['as an object', destroy],
  ['as text', 'destroy_files_and_folders'],
])('a permitted action told %s gives its right to an account below Admin', (_, action) => {
  expect(mayDo(readRights(tool('Standard')), 'DELETE')).toBe(false);
  expect(mayDo(readRights(tool('Standard', [action])), 'DELETE')).toBe(true);
  expect(mayDo(readRights(tool('Standard', ['move_and_copy'])), 'MOVE')).toBe(true);
});

test('descriptions need Admin, uploading Standard, and nothing is known where nothing is told', () => {
  const [admin, standard, reader] = [tool('Admin'), tool('Standard'), tool('Read Only')].map(readRights);
  expect([admin, standard, reader].map((rights) => rights && mayDo(rights, 'DESCRIBE'))).toEqual([true, false, false]);
  expect([admin, standard, reader].map((rights) => rights && mayDo(rights, 'CREATE'))).toEqual([true, true, false]);
  expect(mayDo(readRights(tool('Read Only', [], { can_create: true })), 'CREATE')).toBe(true);
  expect(mayDo(readRights({}), 'DELETE')).toBeNull();
});

test('what the account may not do has a name and a remedy', () => {
  expect(denialsOf(readRights(tool('Admin')))).toEqual([]);
  expect(denialsOf(readRights({}))).toEqual([]);
  expect(denialsOf(readRights(tool('Read Only'))).map(({ action }) => action)).toEqual([
    'CREATE',
    'UPDATE',
    'DELETE',
    'MOVE',
    'DESCRIBE',
  ]);
});
