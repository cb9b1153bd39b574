/*
 * The room of what waits for a person: flagged items of all jobs by reason, with what can be done about each.
 */
import type { JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading, Notice } from '../../ui/states.js';
import { ITEMS_OF_A_JOB, useAttention, type Attention } from '../../domain/attention/attention-data.js';
import { groupsOf, isPartial } from '../../domain/attention/groups.js';
import { ReasonPanel } from './reason-panel.js';
import { t } from './words.js';

export function AttentionPage(): JSX.Element {
  const { attention, failure, refresh } = useAttention();
  return (
    <Page title={t('title')} lead={t('lead')}>
      {failure !== null && <Failure error={failure} onRetry={refresh} />}
      {attention === null && failure === null && (
        <Panel title={t('loading')} isFlush>
          <Loading label={t('loading')} rows={6} />
        </Panel>
      )}
      {attention && <Content attention={attention} onChanged={refresh} />}
    </Page>
  );
}

function Content({ attention, onChanged }: { attention: Attention; onChanged: () => void }): JSX.Element {
  const { jobs, lookedAt } = attention;
  return (
    <>
      {lookedAt !== null && <Notice tone="warn">{t('moreJobs', { shown: lookedAt })}</Notice>}
      {jobs.filter(isPartial).map(({ id, name, total }) => (
        <Notice key={id} tone="warn">
          {total === null
            ? t('partialUnknown', { job: name, shown: ITEMS_OF_A_JOB })
            : t('partial', { count: total, job: name, shown: ITEMS_OF_A_JOB })}
        </Notice>
      ))}
      {groupsOf(jobs).map((group) => (
        <ReasonPanel key={group.reason} group={group} onChanged={onChanged} />
      ))}
      {jobs.length === 0 && (
        <Panel title={t('none')} isFlush>
          <Blank title={t('none')}>{t('noneText')}</Blank>
        </Panel>
      )}
    </>
  );
}
