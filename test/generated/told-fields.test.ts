import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';

const TABLE = fileURLToPath(new URL('../../apps/admin/src/graphql/told.ts', import.meta.url));
const { TOLD } = (await import(/* @vite-ignore */ TABLE)) as { TOLD: Readonly<Record<string, readonly string[]>> };

const contract = buildSchema(readFileSync(new URL('../../apps/api/contract.graphql', import.meta.url), 'utf8'));

/** Fields that hold names, paths, codes and what people write, by their names. */
const NAMES = new Set(
  'action after allowedStates apiHost before bucket chainHash choices clientId column companyId companyName cron currentState cursor defaultTarget defaultValue destinationField destinationKey destinationPath destinationRemoteId detail digest displayName domain email endCursor examples exclusions extensions field fixedValue forbiddenCharacters from globs hint ipAddress key labels location login longestPaths messageId metadataKey metadataValue name path paths prefix projectId projectName region remoteId remoteRequestId remoteStatus requestId reservedNames restrictedTypes schemaHash secret sha256 shownWhenField shownWhenValues signedInAs sourceField sourceKey sourcePath sourceRemoteId startCursor template to value version'.split(
    ' ',
  ),
);
/** Fields of other names that people write or a platform names. */
const WRITTEN = [
  'Job.description',
  'MappingPreviewRow.destinationValue',
  'MappingPreviewRow.sourceValue',
  'Plan.comment',
];

/** All fields of the contract that hold a text, such as `Job.name`. */
const texts = Object.values(contract.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name === 'String')
      .map((field) => ({ type: type.name, field: field.name })),
  );
const isTold = ({ type, field }: { type: string; field: string }) => (TOLD[type] ?? []).includes(field);

describe('fields in which the server says something', () => {
  it('are known, and so are all other texts', () => {
    const unknown = texts.filter((each) => !isTold(each) && !NAMES.has(each.field));
    expect(unknown.map(({ type, field }) => `${type}.${field}`).sort()).toEqual(WRITTEN);
  });

  it('are texts of the contract', () => {
    expect(Object.values(TOLD).flat()).toHaveLength(texts.filter(isTold).length);
  });
});
