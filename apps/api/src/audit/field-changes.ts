/** A field that a mutation changed; values are JSON, null where there is none or where it is a secret. */
export interface FieldChange {
  field: string[];
  before: string | null;
  after: string | null;
}

/** Of one event: a page of 100 events with their changes stays within what an operation may cost. */
export const MAX_CHANGES = 100;
const MAX_VALUE_CHARACTERS = 2_000;

/** The values of an object by their public paths; secrets hold what tells whether they changed, and are never shown. */
export interface AuditedValues {
  shown: Readonly<Record<string, unknown>>;
  secret: Readonly<Record<string, unknown>>;
}

/** What differs between two states of an object, null where it does not exist. */
export function changesBetween(before: AuditedValues | null, after: AuditedValues | null): FieldChange[] {
  const [old, now] = [leavesOf(before?.shown), leavesOf(after?.shown)];
  const shown = [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ field: path.split('.'), before: old.get(path) ?? null, after: now.get(path) ?? null }));
  const secrets = [...new Set([...Object.keys(before?.secret ?? {}), ...Object.keys(after?.secret ?? {})])]
    .filter((name) => (before?.secret[name] ?? null) !== (after?.secret[name] ?? null))
    .map((name) => ({ field: name.split('.'), before: null, after: null }));
  return [...shown, ...secrets].slice(0, MAX_CHANGES);
}

/** JSON of every value that is no object, by its path; what is absent or null has none. */
function leavesOf(values: unknown, path = '', leaves = new Map<string, string>()): Map<string, string> {
  if (values === null || values === undefined) return leaves;
  if (typeof values === 'object' && !Array.isArray(values) && !(values instanceof Date)) {
    for (const [name, value] of Object.entries(values)) leavesOf(value, path === '' ? name : `${path}.${name}`, leaves);
  } else {
    leaves.set(path, textOf(values));
  }
  return leaves;
}

/** JSON of a value; of a very long one its beginning, as a text. */
function textOf(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= MAX_VALUE_CHARACTERS ? text : JSON.stringify(`${text.slice(0, MAX_VALUE_CHARACTERS)}…`);
}
