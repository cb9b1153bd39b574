import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { DeciderLink } from '../../domain/item/decider-link.js';
import { cureOf } from '../../domain/item/flag-cures.js';
import { useItemActions, type ItemSelection } from '../../domain/item/item-actions.js';
import type { ItemData } from '../../domain/item/item-data.js';
import { reasonWord } from '../../domain/run/run-tags.js';
import { useCan } from '../../domain/session.js';
import { lazily } from '../../ui/lazily.js';
import { NameLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import own from './attention.module.css';
import type { FlaggedJob, ReasonGroup } from '../../domain/attention/groups.js';
import { t as domainWords } from '../../domain/words.js';
import { t } from './words.js';

const Confirm = lazily(async () => (await import('../../ui/confirm.js')).Confirm);

/** All that is flagged for one reason, job by job. */
export function ReasonPanel({
  group,
  onChanged,
}: {
  group: ReasonGroup<ItemData>;
  onChanged: () => void;
}): JSX.Element {
  const { count } = group;
  return (
    <Panel
      title={reasonWord(group.reason)}
      isFlush
      aside={<StatusTag tone="bad" label={group.isPartial ? t('atLeast', { count }) : t('items', { count })} />}
    >
      <ul className={styles.list}>
        {group.jobs.map(({ job, items }) => (
          <li key={job.id}>
            <JobItems reason={group.reason} job={job} items={items} onChanged={onChanged} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface Concern {
  reason: string;
  job: FlaggedJob<ItemData>;
  items: readonly ItemData[];
  onChanged: () => void;
}

function JobItems(concern: Concern): JSX.Element {
  const { reason, job, items } = concern;
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
      <Items job={job.name} items={items} />
    </div>
  );
}

/** All flagged items of the job with this reason, those too that were not read. */
const selectionOf = (items: readonly ItemData[]): ItemSelection => ({
  filter: { outcomes: ['FLAGGED'], reasons: items.slice(0, 1).map((item) => item.reason) },
});

function Actions({ reason, job, items, onChanged }: Concern): JSX.Element | null {
  const { retry, ignore, isBusy } = useItemActions(job.id);
  const [isAsking, setAsking] = useState(false);
  const names = { reason: reasonWord(reason), job: job.name };
  const ignoreAll = async () => {
    if (!(await ignore(selectionOf(items), items.length))) return;
    setAsking(false);
    onChanged();
  };
  if (!useCan('RUNS_CONTROL')) return null;
  return (
    <>
      {cureOf(reason).mayRetry && job.mayRetry && (
        <Button
          size="xs"
          loading={isBusy}
          onClick={() => void retry(selectionOf(items))}
          aria-label={t('retryOf', names)}
        >
          {t('retry')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setAsking(true)} aria-label={t('ignoreOf', names)}>
        {t('ignore')}
      </Button>
      {isAsking && (
        <Confirm
          title={t('ignoreQuestion')}
          action={t('ignore')}
          isOpen
          isBusy={isBusy}
          onConfirm={() => void ignoreAll()}
          onClose={() => setAsking(false)}
        >
          {t('ignoreText', names)}
        </Confirm>
      )}
    </>
  );
}

const FEW = 3;

function Items({ job, items }: { job: string; items: readonly ItemData[] }): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, FEW);
  const others = items.length - FEW;
  return (
    <div>
      <ul className={own.items} aria-label={t('affected', { job })}>
        {shown.map((item) => (
          <li key={item.id}>
            <span className={styles.path}>{item.sourcePath ?? item.destinationPath ?? '/'}</span>
            <span className={styles.sub}>
              {item.message} {item.remedy}
            </span>
          </li>
        ))}
      </ul>
      {others > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole} ml={4}>
          {isWhole ? t('showLess') : t('showAll', { count: others })}
        </Button>
      )}
    </div>
  );
}
