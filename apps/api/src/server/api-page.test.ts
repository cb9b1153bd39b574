import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { ERROR_MEANINGS } from '../graphql/errors.js';
import { DEFAULT_LIMITS, LIMIT_DEFINITIONS } from '../limits.js';
import { httpOutcomeOf } from './status.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = read('../../../../docs/api.md');
const schema = buildSchema(read('../../schema.graphql'));

/** Rows of the table in a section of docs/api.md. */
function shown(heading: string): string[] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section.split('\n').filter((line) => line.startsWith('| `'));
}

const fieldsOf = (name: string) => {
  const type = schema.getType(name);
  if (isEnumType(type)) return type.getValues();
  return isObjectType(type) ? Object.values(type.getFields()) : [];
};

function standardOf(name: string): string {
  const limit = DEFAULT_LIMITS[name as keyof typeof DEFAULT_LIMITS];
  if (!/Retention|Validity/.test(name)) return limit.toLocaleString('en');
  const hours = limit / 3_600_000;
  return hours % 24 === 0 ? `P${hours / 24}D` : `PT${hours}H`;
}

it('docs/api.md shows the table of error codes that the code has', () => {
  const rows = Object.entries(ERROR_MEANINGS).map(
    ([code, meaning]) => `| \`${code}\` | ${httpOutcomeOf({ extensions: { code } }).status} | ${meaning} |`,
  );
  expect(shown('Error codes')).toEqual(rows);
});

it('docs/api.md shows the table of codes of user errors that the schema has', () => {
  const rows = fieldsOf('UserErrorCode').map(({ name, description }) => `| \`${name}\` | ${description} |`);
  expect(rows.length).toBeGreaterThan(30);
  expect(shown('Codes of user errors')).toEqual(rows);
});

it('docs/api.md shows the table of limits that the server tells, with their standard values', () => {
  const rows = fieldsOf('ApiLimits').map(({ name, description }) => {
    const { variable } = LIMIT_DEFINITIONS[name as keyof typeof LIMIT_DEFINITIONS];
    return `| \`${name}\` | ${standardOf(name)} | ${description} | \`${variable}\` |`;
  });
  expect(rows.length).toBeGreaterThan(10);
  expect(shown('Limits')).toEqual(rows);
});
