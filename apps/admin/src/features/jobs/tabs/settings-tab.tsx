import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { LocationText } from '../../../domain/job/job-tags.js';
import { isTransfer, typeLabel, typeSentence } from '../../../domain/job/transfer-types.js';
import { Moment } from '../../../ui/moment.js';
import { Facts, Panel } from '../../../ui/page.js';
import { limitValues, limitWords } from '../bandwidth-values.js';
import { PolicyFields, type JobData } from '../data.js';
import { approvalRows } from '../policies/approval.js';
import { policyDifferences } from '../policies/policies.js';
import { scheduleFacts } from '../schedule-facts.js';
import { t } from './words.js';

const DefaultsQuery = graphql(
  `
    query PolicyDefaults($type: TransferType!) {
      jobPolicyDefaults(transferType: $type) {
        ...PolicyFields
      }
    }
  `,
  [PolicyFields],
);

/** How the job is set, and what of its policies differs from the defaults. */
export function SettingsTab({ job }: { job: JobData }): JSX.Element {
  const { data } = useQuery(DefaultsQuery, { variables: { type: job.transferType } });
  const defaults = data?.jobPolicyDefaults;
  const changed = defaults ? policyDifferences(defaults, job.policies, job.transferType) : [];
  return (
    <Panel title={t('settings')}>
      <Facts
        facts={[
          ...(job.stopReason === null ? [] : [[t('ended'), job.stopReason] as [string, string]]),
          [
            t('type'),
            t('typeAndSentence', { type: typeLabel(job.transferType), sentence: typeSentence(job.transferType) }),
          ],
          [t('source'), <LocationText key="source" location={job.source} />],
          job.destination && [t('destination'), <LocationText key="destination" location={job.destination} />],
          [t('filters'), job.rules.length === 0 ? t('none') : t('filterCount', { count: job.rules.length })],
          ...scheduleFacts(job),
          [t('bandwidth'), limitValues(job.policies.bandwidth).map(limitWords).join('; ') || t('noLimit')],
          isTransfer(job.transferType) ? [t('remembered'), t('items', { count: job.ledgerItemCount })] : null,
          [t('policies'), changed.length === 0 ? t('allDefault') : t('changedPolicies', { count: changed.length })],
          ...changed,
          ...approvalRows(job.approval),
          [t('changed'), <Moment key="changed" instant={job.updatedAt} />],
        ]}
      />
    </Panel>
  );
}
