import { graphql, type ResultOf } from '@sluice/client/graphql';

export const SettingsQuery = graphql(`
  query Settings {
    server {
      version
      schemaHash
      time
      limits {
        maxDepth
        maxCost
        costPerMinute
        maxBodyBytes
        maxSubscriptionsPerSocket
        eventRetention
        idempotencyRetention
        planValidity
      }
      worker {
        state
        since
        restartCount
        message
      }
    }
    platforms {
      key
      displayName
      oauthRedirectUrl
      form {
        name
        options {
          value
        }
      }
    }
  }
`);

export type SettingsData = ResultOf<typeof SettingsQuery>;
export type ServerFacts = NonNullable<SettingsData['server']>;
export type PlatformFacts = NonNullable<SettingsData['platforms']>[number];

/** Whether the operator has given this installation a client of its own at the platform. */
export function hasDefaultClient({ form }: Pick<PlatformFacts, 'form'>): boolean {
  return form.some(({ options }) => options.some(({ value }) => value === 'SYSTEM_DEFAULT'));
}
