import { joinValues, PlatformError, splitValues } from '@sluice/core/platform';
import type { FieldType } from '@sluice/core/platform';
import { idOf, recordOf, textOf, wireId } from '../api/json.js';
import type { Json } from '../api/json.js';

/** A value that a field of a list takes. */
export interface FieldEntry {
  id: string;
  label: string;
}

/** A custom field of a company, as far as items of the Documents tool are concerned. */
export interface CustomField {
  /** `custom_field_` and the number of the definition. */
  key: string;
  label: string;
  type: FieldType;
  entries: readonly FieldEntry[];
  /** Of a kind that only Procore sets, such as a vendor. */
  isReadOnly: boolean;
}

const TYPES: Readonly<Record<string, FieldType>> = {
  string: 'TEXT',
  text: 'TEXT',
  rich_text: 'TEXT',
  decimal: 'NUMBER',
  integer: 'NUMBER',
  number: 'NUMBER',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATE',
  lov_entry: 'CHOICE',
  lov_entries: 'CHOICES',
};

/** The type of a field that can be set; null for any other kind. */
export const fieldTypeOf = (dataType: string | null): FieldType | null => TYPES[dataType ?? ''] ?? null;

export const isCustomField = (key: string): boolean => /^custom_field_\d+$/.test(key);

/** The custom fields of an item as texts by key; without those that have no value. */
export function fieldTexts(customFields: Json): Record<string, string> {
  const texts = Object.entries(customFields).map(([key, field]): [string, string | null] => {
    const { data_type: dataType, value } = recordOf(field) ?? {};
    return [key, isCustomField(key) ? textOfValue(fieldTypeOf(textOf(dataType)), value) : null];
  });
  return Object.fromEntries(texts.filter((each): each is [string, string] => each[1] !== null));
}

function textOfValue(type: FieldType | null, value: unknown): string | null {
  if (Array.isArray(value)) return textOf(joinValues(value.map((one) => textOfValue(null, one)).filter(isText)));
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  const text = textOf(value) ?? namedBy(value);
  return text !== null && type === 'DATE' ? dateText(text) : text;
}

const isText = (value: string | null): value is string => value !== null;

/** Entries of lists have a label; people and companies a name. */
function namedBy(value: unknown): string | null {
  const record = recordOf(value);
  return record && (textOf(record['label']) ?? textOf(record['name']) ?? textOf(record['login']) ?? idOf(record['id']));
}

/** A day stays a day; an instant is told in UTC. */
function dateText(text: string): string {
  const time = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time) ? text : new Date(time).toISOString();
}

/** A text as Procore takes it for the field; null empties it. Throws `REJECTED` for what it cannot hold. */
export function wireValue(field: CustomField, text: string): unknown {
  if (field.isReadOnly) throw unfit(field, 'is set by Procore alone');
  return text === '' ? null : WIRES[field.type](field, text);
}

const WIRES: Readonly<Record<FieldType, (field: CustomField, text: string) => unknown>> = {
  TEXT: (_, text) => text,
  NUMBER: (field, text) => {
    if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
    throw unfit(field, `takes numbers, and “${text}” is none`);
  },
  BOOLEAN: (field, text) => {
    if (text === 'true' || text === 'false') return text === 'true';
    throw unfit(field, `takes true or false, and not “${text}”`);
  },
  DATE: (field, text) => {
    if (!Number.isNaN(Date.parse(text))) return text;
    throw unfit(field, `takes dates, and “${text}” is none`);
  },
  CHOICE: (field, text) => {
    const [one = text, ...others] = splitValues(text);
    return entryId(field, others.length === 0 ? one : text);
  },
  CHOICES: (field, text) => splitValues(text).map((value) => entryId(field, value)),
};

function entryId(field: CustomField, label: string): number | string {
  const entry = field.entries.find((one) => one.label === label);
  if (entry) return wireId(entry.id);
  throw unfit(field, `has no value “${label}”`);
}

const unfit = ({ label }: CustomField, why: string) =>
  new PlatformError('REJECTED', `The custom field “${label}” ${why}.`, {
    remedy: 'Change the mapping of the field, or the field in Procore.',
  });
