import { parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { documentsOf } from '../../documents.mjs';
import { TOLD, toldIn } from './told.js';

describe('fields in which the server says something', () => {
  it('are asked for by their own names', () => {
    const told = new Set<string>(Object.values(TOLD).flat());
    const documents = Object.values(documentsOf(new URL('../', import.meta.url).pathname));
    const renamed: string[] = [];
    for (const text of documents)
      visit(parse(text), {
        Field: ({ name, alias }) => {
          if (alias && (told.has(name.value) || told.has(alias.value))) renamed.push(`${alias.value}: ${name.value}`);
        },
      });
    expect(documents.length).toBeGreaterThan(55);
    expect(renamed).toEqual([]);
  });
});

describe('toldIn', () => {
  it('finds sentences at any depth, and nothing that people wrote', () => {
    const answer = {
      data: {
        job: {
          __typename: 'Job',
          name: 'It is mine.',
          description: 'It is ours.',
          stopReason: 'It ends.',
          issues: [{ __typename: 'Issue', message: 'It is wrong.', field: null }],
        },
        webhooks: [{ __typename: 'Webhook', message: 'Not known.' }],
      },
    };
    expect(toldIn(answer).map(({ field, text }) => [field, text])).toEqual([
      ['stopReason', 'It ends.'],
      ['message', 'It is wrong.'],
    ]);
  });

  it('finds the messages of errors', () => {
    const errors = [{ message: 'It is refused.', extensions: { code: 'BAD_USER_INPUT' } }];
    expect(toldIn({ data: null, errors }).map(({ text }) => text)).toEqual(['It is refused.']);
  });

  it('takes no name of a directory for a label', () => {
    const entry = (key: string, label: string) => ({ __typename: 'DirectoryEntry', key, label });
    const directory = [
      entry('versionNotes', 'Version notes'),
      entry('Private', 'Private'),
      entry('4711', 'Owner'),
      entry('mia@a.example', 'Group'),
    ];
    expect(toldIn({ data: { directory } }).map(({ text }) => text)).toEqual(['Version notes']);
  });

  it('finds nothing where nothing is', () => {
    expect(toldIn({})).toEqual([]);
    expect(toldIn({ data: { job: { __typename: 'Job', stopReason: null } } })).toEqual([]);
  });
});
