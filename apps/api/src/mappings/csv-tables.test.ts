import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetadataRule } from '@sluice/core/mapping';
import { csvLine } from '../reports/lines.js';
import { readRows } from './csv-rows.js';
import {
  choicesText,
  ENTRY_COLUMNS,
  entryCells,
  readChoices,
  readEntries,
  readRuleRows,
  RULE_COLUMNS,
  ruleCells,
} from './csv-tables.js';

const table = (columns: readonly string[], rows: readonly string[][]) => [columns, ...rows].map(csvLine).join('');
const entriesOf = (text: string) => readEntries(readRows(text, ENTRY_COLUMNS).rows);
const rulesOf = (text: string) => readRuleRows(readRows(text, RULE_COLUMNS).rows);
const told = (errors: readonly { line: number; column: string | null }[]) =>
  errors.map(({ line, column }) => `${line} ${column}`);

/** Texts that an export has to protect: formulas, apostrophes, separators and quotes. */
const text = fc
  .string({
    unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '\\', '=', ' ', 'a', 'ß', '1'),
    minLength: 1,
    maxLength: 8,
  })
  .filter((value) => value.trim() !== '');

describe('what is exported is read as it was', () => {
  it('entries', () => {
    const lists = fc.uniqueArray(fc.record({ sourceKey: text, destinationKey: text }), {
      selector: (entry) => entry.sourceKey,
    });
    fc.assert(
      fc.property(lists, (entries) => {
        expect(entriesOf(table(ENTRY_COLUMNS, entries.map(entryCells)))).toEqual({ values: entries, errors: [] });
      }),
    );
  });

  it('rules', () => {
    const origin = fc.oneof(
      text.map((field) => ({ kind: 'FIELD', field }) as const),
      text.map((value) => ({ kind: 'FIXED', value }) as const),
      text.map((template) => ({ kind: 'TEMPLATE', template }) as const),
    );
    const choices = fc.uniqueArray(fc.record({ from: text, to: text }), { selector: ({ from }) => from });
    const rule = fc.record({
      destinationField: text,
      origin,
      defaultValue: fc.option(text),
      choices,
      isRequired: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(rule as fc.Arbitrary<MetadataRule>), (rules) => {
        expect(rulesOf(table(RULE_COLUMNS, rules.map(ruleCells)))).toEqual({ values: rules, errors: [] });
      }),
    );
  });

  it('with nothing at the beginning that a spreadsheet calculates', () => {
    const exported = table(ENTRY_COLUMNS, [entryCells({ sourceKey: '=1+1', destinationKey: "'=2" })]);
    expect(exported).toBe("sourceKey,destinationKey\r\n'=1+1,''=2\r\n");
  });
});

describe('rows that cannot be used', () => {
  it('of entries are told at their column', () => {
    const text = 'sourceKey,destinationKey\na,\na,b\n ,c\n';
    expect(told(entriesOf(text).errors)).toEqual(['2 destinationKey', '3 sourceKey', '4 sourceKey']);
  });

  it('of rules are told at their column', () => {
    const rows = [
      ['a', 'x', 'y', '', '', 'true', ''],
      ['a', '', '', '', '', 'perhaps', 'x'],
      ['', '', '', '{', '', 'FALSE', 'x=1;x=2'],
      ['a', 'x', '', '', '', '', 'a=b=c'],
    ];
    expect(told(rulesOf(table(RULE_COLUMNS, rows)).errors)).toEqual([
      '2 sourceField',
      '3 sourceField',
      '3 isRequired',
      '3 choices',
      '4 destinationField',
      '4 template',
      '4 choices',
      '5 choices',
    ]);
  });

  it('reads translations, in which separators are escaped', () => {
    expect(readChoices(String.raw`a=b;c\;d=e\=f;\\=x\y`)).toEqual([
      { from: 'a', to: 'b' },
      { from: 'c;d', to: 'e=f' },
      { from: '\\', to: 'x\\y' },
    ]);
    expect(readChoices('a')).toBeNull();
    expect(choicesText([{ from: 'a;b', to: '=c' }])).toBe(String.raw`a\;b=\=c`);
  });
});
