import { graphql } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { SetFields } from './data.js';

const PAYLOAD = [SetFields, ProblemFields] as const;

export const SetCreate = graphql(
  `
    mutation MappingSetCreate(
      $kind: MappingKind!
      $sourcePlatform: PlatformKey!
      $destinationPlatform: PlatformKey!
      $input: MappingSetInput!
      $key: String
    ) {
      mappingSetCreate(
        kind: $kind
        sourcePlatform: $sourcePlatform
        destinationPlatform: $destinationPlatform
        input: $input
        idempotencyKey: $key
      ) {
        mappingSet {
          ...SetFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const SetUpdate = graphql(
  `
    mutation MappingSetUpdate($id: ID!, $input: MappingSetInput!, $expectedVersion: Int) {
      mappingSetUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) {
        mappingSet {
          ...SetFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const SetDelete = graphql(
  `
    mutation MappingSetDelete($id: ID!, $expectedVersion: Int) {
      mappingSetDelete(id: $id, expectedVersion: $expectedVersion) {
        deletedId
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

export const EntriesUpsert = graphql(
  `
    mutation MappingEntriesUpsert($id: ID!, $entries: [MappingEntryInput!]!, $expectedVersion: Int) {
      mappingEntriesUpsert(mappingSetId: $id, entries: $entries, expectedVersion: $expectedVersion) {
        mappingSet {
          ...SetFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const EntriesDelete = graphql(
  `
    mutation MappingEntriesDelete($id: ID!, $ids: [ID!]!, $expectedVersion: Int) {
      mappingEntriesDelete(mappingSetId: $id, ids: $ids, expectedVersion: $expectedVersion) {
        mappingSet {
          ...SetFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const MappingImport = graphql(
  `
    mutation MappingImport($id: ID!, $csv: String!, $replaceAll: Boolean!, $dryRun: Boolean!, $expectedVersion: Int) {
      mappingImport(
        mappingSetId: $id
        csv: $csv
        replaceAll: $replaceAll
        dryRun: $dryRun
        expectedVersion: $expectedVersion
      ) {
        mappingSet {
          ...SetFields
        }
        addedCount
        replacedCount
        deletedCount
        rowErrors {
          line
          column
          message
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const MappingReapply = graphql(
  `
    mutation MappingReapply($jobId: ID!, $key: String) {
      mappingReapply(jobId: $jobId, idempotencyKey: $key) {
        run {
          id
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);
