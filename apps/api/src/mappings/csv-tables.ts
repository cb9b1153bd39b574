import type { MappingEntry, MetadataRule, ValueChoice, ValueOrigin } from '@sluice/core/mapping';
import { entryProblems, ruleProblems } from '@sluice/core/mapping';
import type { CsvRow, RowError } from './csv-rows.js';
import { DOUBLE } from './mapping.service.js';
import { ruleView } from './rule-view.js';

export const ENTRY_COLUMNS = ['sourceKey', 'destinationKey'] as const;
export const RULE_COLUMNS = [
  'destinationField',
  'sourceField',
  'fixedValue',
  'template',
  'defaultValue',
  'isRequired',
  'choices',
] as const;

export interface ReadTable<T> {
  values: T[];
  errors: RowError[];
}

/** What an import did, or would do; rows that are the same as before count nowhere. */
export interface ImportCounts {
  addedCount: number;
  replacedCount: number;
  deletedCount: number;
}

export const entryCells = ({ sourceKey, destinationKey }: MappingEntry): string[] => [sourceKey, destinationKey];

/** Entries of rows; every value that cannot be used is told at its column. */
export function readEntries(rows: readonly CsvRow[]): ReadTable<MappingEntry> {
  const errors: RowError[] = [];
  const seen = new Set<string>();
  const values = rows.map(({ line, cells }) => {
    const entry = { sourceKey: cells['sourceKey']!, destinationKey: cells['destinationKey']! };
    for (const { field, message } of entryProblems(entry)) errors.push({ line, column: field[0]!, message });
    if (seen.has(entry.sourceKey)) errors.push({ line, column: 'sourceKey', message: DOUBLE });
    seen.add(entry.sourceKey);
    return entry;
  });
  return { values, errors };
}

export function ruleCells(rule: MetadataRule): string[] {
  const { destinationField, sourceField, fixedValue, template, defaultValue, isRequired, choices } = ruleView(rule);
  const texts = [destinationField, sourceField, fixedValue, template, defaultValue].map((text) => text ?? '');
  return [...texts, String(isRequired), choicesText(choices)];
}

export function readRuleRows(rows: readonly CsvRow[]): ReadTable<MetadataRule> {
  const read = rows.map(readRule);
  return { values: read.flatMap(({ rule }) => rule ?? []), errors: read.flatMap(({ errors }) => errors) };
}

function readRule({ line, cells }: CsvRow): { rule: MetadataRule | null; errors: RowError[] } {
  const at = (column: string, message: string): RowError => ({ line, column, message });
  const origins = originsOf(cells);
  const required = REQUIRED.get(cells['isRequired']!.toLowerCase());
  const choices = readChoices(cells['choices']!);
  const errors = [
    ...(origins.length === 1 ? [] : [at('sourceField', 'Give one of sourceField, fixedValue and template.')]),
    ...(required === undefined ? [at('isRequired', 'Write true or false.')] : []),
    ...(choices === null ? [at('choices', 'Write translations as from=to;from=to.')] : []),
  ];
  if (errors.length > 0) return { rule: null, errors };
  const rule: MetadataRule = {
    destinationField: cells['destinationField']!,
    origin: origins[0]!,
    defaultValue: cells['defaultValue'] === '' ? null : cells['defaultValue']!,
    choices: choices!,
    isRequired: required!,
  };
  const problems = ruleProblems(rule).map(({ field, message }) => at(columnOf(field), message));
  return { rule, errors: problems };
}

const REQUIRED: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['', false],
]);

/** Problems of an origin are at `value.sourceField`, those of a translation at `choices.3.to`. */
const columnOf = ([first, second]: readonly string[]) => (first === 'value' ? second! : first!);

function originsOf(cells: CsvRow['cells']): ValueOrigin[] {
  const [field, value, template] = [cells['sourceField']!, cells['fixedValue']!, cells['template']!];
  return [
    ...(field === '' ? [] : [{ kind: 'FIELD', field } as const]),
    ...(value === '' ? [] : [{ kind: 'FIXED', value } as const]),
    ...(template === '' ? [] : [{ kind: 'TEMPLATE', template } as const]),
  ];
}

/** Translations as `from=to;from=to`; within a value `;`, `=` and `\` have a `\` before them. */
export function choicesText(choices: readonly ValueChoice[]): string {
  const escaped = (text: string) => text.replace(/[\\;=]/g, String.raw`\$&`);
  return choices.map(({ from, to }) => `${escaped(from)}=${escaped(to)}`).join(';');
}

/** Null for a text that is none of translations. */
export function readChoices(text: string): ValueChoice[] | null {
  if (text === '') return [];
  const choices = partsOf(text, ';').map((part) => {
    const [from, to, ...more] = partsOf(part, '=');
    return to === undefined || more.length > 0 ? null : { from: unescaped(from!), to: unescaped(to) };
  });
  return choices.includes(null) ? null : (choices as ValueChoice[]);
}

/** Splits at each separator that has no `\` before it. */
function partsOf(text: string, separator: string): string[] {
  const parts = [''];
  for (const [token] of text.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (token === separator) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

const unescaped = (text: string) => text.replace(/\\([\\;=])/g, '$1');
