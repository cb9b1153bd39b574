import { expect, it } from 'vitest';
import { afterConflict } from './entry-form.js';

const entry = (destinationKey: string) => ({ sourceKey: 'civil', destinationKey });

it.each([
  ['another entry of the set was changed', entry('Roads'), entry('Roads'), 'SAVE'],
  ['somebody else has given the entry the same target', entry('Roads'), entry('Mine'), 'SAVE'],
  ['somebody else has given the entry another target', entry('Roads'), entry('Theirs'), 'CHOOSE'],
  ['somebody else has removed the entry', entry('Roads'), null, 'GONE'],
  ['something else was added while one is added', null, null, 'SAVE'],
  ['the same name was added with another target while it is added', null, entry('Theirs'), 'CHOOSE'],
])('where %s, an entry is saved, chosen or told to be gone', (_what, began, theirs, next) => {
  expect(afterConflict(began, theirs, entry('Mine'))).toBe(next);
});
