import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { DeciderLink } from '../../domain/item/decider-link.js';
import { cureOf } from '../../domain/item/flag-cures.js';
import { useItemActions, type ItemSelection } from '../../domain/item/item-actions.js';
import type { ItemData } from '../../domain/item/item-data.js';
import { reasonWord } from '../../domain/run/run-tags.js';
import { useCan } from '../../domain/session.js';
import { confirm } from '../../ui/confirm.js';
import { NameLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import own from './attention.module.css';
import { FlaggedItems } from './flagged-items.js';
import type { FlaggedJob, ReasonGroup } from '../../domain/attention/groups.js';
import { t as domainWords } from '../../domain/words.js';
import { t } from './words.js';

/** All that is flagged for one reason, job by job. */
export function ReasonPanel({ group, onChanged }: { group: ReasonGroup; onChanged: () => void }): JSX.Element {
  const { count } = group;
  return (
    <Panel title={reasonWord(group.reason)} isFlush aside={<StatusTag tone="bad" label={t('items', { count })} />}>
      <ul className={styles.list}>
        {group.jobs.map(({ job, count: ofJob }) => (
          <li key={job.id}>
            <JobItems reason={group.reason} job={job} count={ofJob} onChanged={onChanged} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface Concern {
  reason: string;
  job: FlaggedJob;
  /** Items of the job with the reason. */
  count: number;
  onChanged: () => void;
}

function JobItems(concern: Concern): JSX.Element {
  const { reason, job, count } = concern;
  const { mayRetry, decidedBy } = cureOf(reason);
  return (
    <div className={styles.stack}>
      <div className={own.head}>
        <div>
          <NameLink to="/jobs/$jobId" params={{ jobId: job.id }}>
            {job.name}
          </NameLink>
          {!mayRetry && <span className={styles.sub}>{domainWords('cannotRetry')}</span>}
        </div>
        <div className={styles.row}>
          {decidedBy !== null && <DeciderLink jobId={job.id} decidedBy={decidedBy} />}
          <Actions {...concern} />
        </div>
      </div>
      <FlaggedItems key={count} job={job} reason={reason} count={count} />
    </div>
  );
}

/** All flagged items of the job with this reason. */
const selectionOf = (reason: string): ItemSelection => ({
  filter: { outcomes: ['FLAGGED'], reasons: [reason as ItemData['reason']] },
});

function Actions({ reason, job, count, onChanged }: Concern): JSX.Element | null {
  const { retry, ignore, isBusy } = useItemActions(job.id);
  const names = { reason: reasonWord(reason), job: job.name };
  const ignoreAll = async () => {
    if (!(await ignore(selectionOf(reason), count))) return [];
    onChanged();
    return null;
  };
  const ask = () =>
    confirm({
      title: t('ignoreQuestion'),
      children: t('ignoreText', names),
      action: t('ignore'),
      onConfirm: ignoreAll,
    });
  if (!useCan('RUNS_CONTROL')) return null;
  return (
    <>
      {cureOf(reason).mayRetry && job.allowedActions.includes('RETRY') && (
        <Button
          size="xs"
          loading={isBusy}
          onClick={() => void retry(selectionOf(reason))}
          aria-label={t('retryOf', names)}
        >
          {t('retry')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={ask} aria-label={t('ignoreOf', names)}>
        {t('ignore')}
      </Button>
    </>
  );
}
