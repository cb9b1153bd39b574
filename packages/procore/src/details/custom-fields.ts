import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import { allRows } from '../api/all-rows.js';
import type { ProcoreClient } from '../api/client.js';
import { flagOf, idOf, recordOf, rowsOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { Waits } from '../api/waits.js';
import { isAppRefusal, isKind, isNotServed } from '../errors.js';
import { fieldTypeOf, isCustomField, wireValue } from './field-values.js';
import type { CustomField, FieldEntry } from './field-values.js';

/** Definitions are told anew after so long, whether they were told or refused; work that uses them goes on with those that it knows. */
const SERVE_MS = 10 * 60_000;
const DEFINITIONS_PER_PAGE = 100;

type ById = ReadonlyMap<string, CustomField>;

/**
 * The custom fields of the project's company. Where the account may not see the definitions, texts are sent as they are, and
 * values of fields that were seen at items in the form in which they were seen.
 */
export class CustomFields {
  private known: { at: number; fields: Promise<ById | null> } | null = null;
  /** As items that were read have them, by key. */
  private readonly learned = new Map<string, CustomField>();

  constructor(
    private readonly client: ProcoreClient,
    private readonly waits: Waits,
  ) {}

  /** Throws `ACCESS_DENIED` where the account may not see them. */
  async all(call: Call): Promise<readonly CustomField[]> {
    const fields = await this.definitions(call, SERVE_MS);
    if (fields) return [...fields.values()];
    throw new PlatformError(
      'ACCESS_DENIED',
      'The account may not see the definitions of the company’s custom fields.',
      {
        remedy: 'Give the account the right to see custom fields of the company; until then values are sent as texts.',
      },
    );
  }

  /** Takes over from an item of what kind its fields are. */
  learn(customFields: Json): void {
    for (const [key, value] of Object.entries(customFields)) this.learnOne(key, recordOf(value) ?? {});
  }

  private learnOne(key: string, { data_type: dataType, value }: Json): void {
    const type = fieldTypeOf(textOf(dataType));
    const seen = (Array.isArray(value) ? value : [value]).map(readEntry).filter((entry) => entry !== null);
    const before = this.learned.get(key);
    const isKnown = before?.type === type && seen.every(({ id }) => before?.entries.some((entry) => entry.id === id));
    if (type === null || isKnown) return;
    const entries = new Map([...(before?.entries ?? []), ...seen].map((entry) => [entry.id, entry]));
    this.learned.set(key, { key, label: key, type, entries: [...entries.values()], isReadOnly: false });
  }

  /** The fields as a request of Procore has them. Throws `REJECTED` for a field or value that cannot be. */
  async wire(fields: Readonly<Record<string, string>> | undefined, call: Call): Promise<Json> {
    const given = Object.entries(fields ?? {});
    if (given.length === 0) return {};
    const known = await this.definitions(call, Infinity);
    try {
      return this.wired(given, known);
    } catch (error) {
      // Somebody may have made the field or the value since the definitions were read.
      if (this.isFresh(SERVE_MS)) throw error;
      return this.wired(given, await this.definitions(call, SERVE_MS));
    }
  }

  private wired(given: readonly [string, string][], known: ById | null): Json {
    return Object.fromEntries(given.map(([key, text]) => [key, wireValue(this.fieldOf(key, known), text)]));
  }

  private fieldOf(key: string, known: ById | null): CustomField {
    const field = known?.get(key) ?? (known ? null : this.learned.get(key));
    if (field) return field;
    if (!known && isCustomField(key)) return { key, label: key, type: 'TEXT', entries: [], isReadOnly: false };
    throw new PlatformError('REJECTED', `Procore has no custom field “${key}” in this company.`, {
      remedy: 'Choose another field in the mapping.',
    });
  }

  private isFresh(maxAgeMs: number): boolean {
    return this.known !== null && this.waits.clock.monotonic() - this.known.at < maxAgeMs;
  }

  /** Null where they are refused. Several requests at the same time ask once. */
  private definitions(call: Call, maxAgeMs: number): Promise<ById | null> {
    if (this.known && this.isFresh(maxAgeMs)) return this.known.fields;
    const fields = this.read(call);
    const known = { at: this.waits.clock.monotonic(), fields };
    this.known = known;
    fields.catch(() => {
      if (this.known === known) this.known = null;
    });
    return fields;
  }

  private async read(call: Call): Promise<ById | null> {
    return (await notRefused(this.metadata(call))) ?? notRefused(this.singly(call));
  }

  /** All fields with their values in one call. */
  private async metadata(call: Call): Promise<ById> {
    const { json } = await this.client.customFieldMetadata(call);
    const rows = rowsOf(json);
    if (!rows) throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than custom fields.');
    const fields = rows.map((row) => readField(recordOf(row) ?? {}, 'custom_field_definition_id'));
    return byKey(fields.filter((field) => field !== null));
  }

  /** Definitions by pages, and the values of each list. */
  private async singly(call: Call): Promise<ById> {
    const fields = await allRows(
      (paging) => this.client.customFieldDefinitions(paging, call),
      DEFINITIONS_PER_PAGE,
      (row) => {
        const field = flagOf(row['active']) === false ? null : readField(row, 'id');
        return field && { key: field.key, value: field };
      },
    );
    return byKey(await Promise.all(fields.map((field) => this.withEntries(field, call))));
  }

  private async withEntries(field: CustomField, call: Call): Promise<CustomField> {
    if (field.type !== 'CHOICE' && field.type !== 'CHOICES') return field;
    const { json } = await this.client.customFieldEntries(field.key.replace('custom_field_', ''), call);
    return { ...field, entries: readEntries(json) };
  }
}

const byKey = (fields: readonly CustomField[]): ById => new Map(fields.map((field) => [field.key, field]));

/** Null for what the account is refused or Procore does not serve; nothing fails for it. */
async function notRefused(reading: Promise<ById>): Promise<ById | null> {
  try {
    return await reading;
  } catch (error) {
    if (isNotServed(error) || isAppRefusal(error) || isKind(error, 'ACCESS_DENIED')) return null;
    throw error;
  }
}

function readField(row: Json, idKey: 'id' | 'custom_field_definition_id'): CustomField | null {
  const id = idOf(row[idKey]);
  if (id === null) return null;
  const type = fieldTypeOf(textOf(row['data_type']));
  return {
    key: `custom_field_${id}`,
    label: textOf(row['label']) ?? `custom_field_${id}`,
    type: type ?? 'TEXT',
    entries: readEntries(row['lov_entries']),
    isReadOnly: type === null,
  };
}

const readEntries = (value: unknown): FieldEntry[] =>
  (rowsOf(value) ?? [])
    .filter((row) => flagOf(recordOf(row)?.['active']) !== false)
    .map(readEntry)
    .filter((entry) => entry !== null);

function readEntry(value: unknown): FieldEntry | null {
  const id = idOf(recordOf(value)?.['id']);
  const label = textOf(recordOf(value)?.['label']);
  return id === null || label === null ? null : { id, label };
}
