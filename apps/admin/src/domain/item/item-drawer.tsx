import { useQuery } from '@apollo/client/react';
import { Button, Drawer } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { formatBytes, formatSecond, formatSpan, lastSegment, parseDuration, wordOf } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { Facts } from '../../ui/page.js';
import { Bold } from '../../ui/sentence.js';
import { Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { DeciderLink } from './decider-link.js';
import { cureOf } from './flag-cures.js';
import { useItemActions } from './item-actions.js';
import { OutcomeTag, reasonWord, revisionWord } from '../run/run-tags.js';
import { Failure } from '../failure.js';
import { ItemFields } from './item-data.js';
import { t } from '../words.js';
import '../../theme/dialog.css';

const ItemQuery = graphql(
  `
    query RunItem($id: ID!) {
      node(id: $id) {
        __typename
        ... on RunItem {
          ...ItemFields
          side
          sourceRemoteId
          destinationRemoteId
          sha256
          verifiedBy
          versionsDone
          attempts {
            startedAt
            duration
            reason
            remoteStatus
            remoteRequestId
          }
        }
      }
    }
  `,
  [ItemFields],
);

type Item = Extract<NonNullable<ResultOf<typeof ItemQuery>['node']>, { __typename: 'RunItem' }>;

/** Everything about one item. */
export function ItemDrawer({
  itemId,
  jobId,
  canRetry,
  onClose,
}: {
  itemId: string | null;
  jobId: string;
  canRetry: boolean;
  onClose: () => void;
}): JSX.Element {
  const { data, error } = useQuery(ItemQuery, {
    variables: { id: itemId ?? '' },
    skip: itemId === null,
    fetchPolicy: 'network-only',
  });
  const item = data?.node?.__typename === 'RunItem' ? data.node : null;
  const name = item ? lastSegment(item.sourcePath ?? item.destinationPath ?? '/') : t('item');
  return (
    <Drawer
      opened={itemId !== null}
      onClose={onClose}
      size="lg"
      title={name}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {item && (
        <Details item={item}>
          {item.outcome === 'FLAGGED' && (
            <FlaggedActions item={item} jobId={jobId} canRetry={canRetry} onDone={onClose} />
          )}
        </Details>
      )}
      {!item && (error ? <Failure error={error} /> : <Loading label={t('loadingItem')} />)}
    </Drawer>
  );
}

/** What is known of the item; its children are what a person may do about it. */
function Details({ item, children }: { item: Item; children: ReactNode }): JSX.Element {
  return (
    <div className={`${styles.stack ?? ''} ${styles.loose ?? ''}`}>
      <div className={styles.row}>
        <OutcomeTag outcome={item.outcome} />
        <span className={styles.dim}>{reasonWord(item.reason)}</span>
      </div>
      <p className={styles.flat}>{item.message}</p>
      {item.remedy && (
        <p className={styles.flat}>
          <Bold text={t('whatToDo', { remedy: item.remedy })} />
        </p>
      )}
      {children}
      <ItemFacts item={item} />
      <Attempts item={item} />
    </div>
  );
}

interface FlaggedActionsProps {
  item: Item;
  jobId: string;
  canRetry: boolean;
  /** Called when the item is no longer flagged. */
  onDone: () => void;
}

/** What settles a flagged item. */
function FlaggedActions({ item, jobId, canRetry, onDone }: FlaggedActionsProps): JSX.Element {
  const actions = useItemActions(jobId);
  const { mayRetry, decidedBy } = cureOf(item.reason);
  return (
    <div className={styles.actions}>
      {mayRetry && (
        <Button
          size="xs"
          loading={actions.isBusy}
          disabled={!canRetry}
          onClick={() => void actions.retry({ ids: [item.id] })}
        >
          {t('retryItem')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={actions.isBusy || !canRetry}
        onClick={() => void actions.ignore({ ids: [item.id] }, 1).then((isDone) => isDone && onDone())}
      >
        {t('ignoreItem')}
      </Button>
      {decidedBy !== null && <DeciderLink jobId={jobId} decidedBy={decidedBy} />}
    </div>
  );
}

function ItemFacts({ item }: { item: Item }): JSX.Element {
  const path = (value: string | null) => (value === null ? '–' : <span className={styles.path}>{value}</span>);
  return (
    <Facts
      facts={[
        [t('kindHead'), t.known('kind', item.kind) ?? wordOf(item.kind)],
        [t('atSource'), path(item.sourcePath)],
        [t('atDestination'), path(item.destinationPath)],
        item.isRevised ? [t('name'), item.revision ? revisionWord(item.revision) : t('adapted')] : null,
        [t('size'), formatBytes(item.byteSize)],
        [t('sha256'), item.sha256 ? <span className={styles.path}>{item.sha256}</span> : '–'],
        [t('proofHead'), item.verifiedBy ? (t.known('proof', item.verifiedBy) ?? wordOf(item.verifiedBy)) : '–'],
        item.destinationRemoteId ? [t('identifier'), path(item.destinationRemoteId)] : null,
        [t('finished'), <Moment key="finished" instant={item.finishedAt} />],
      ]}
    />
  );
}

function Attempts({ item }: { item: Item }): JSX.Element | null {
  if (item.attempts.length === 0) return null;
  return (
    <section aria-label={t('attempts')}>
      <strong>{t('attempts')}</strong>
      <ol className={`${styles.list ?? ''} ${styles.framed ?? ''} ${styles.below ?? ''}`}>
        {item.attempts.map((attempt) => (
          <li key={attempt.startedAt}>
            {attemptWords(attempt)}
            {attempt.remoteStatus && (
              <span className={styles.sub}>{t('remoteStatus', { status: attempt.remoteStatus })}</span>
            )}
            {attempt.remoteRequestId && (
              <span className={styles.sub}>{t('remoteRequest', { id: attempt.remoteRequestId })}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function attemptWords({ startedAt, duration, reason }: Item['attempts'][number]): string {
  const facts = { time: formatSecond(startedAt), span: spanOf(duration) };
  return reason === null ? t('attemptDone', facts) : t('attemptFailed', { ...facts, reason: reasonWord(reason) });
}

function spanOf(duration: string): string {
  const span = parseDuration(duration);
  if (span === null) return duration;
  return span < 1000 ? t('milliseconds', { count: span }) : formatSpan(span);
}
