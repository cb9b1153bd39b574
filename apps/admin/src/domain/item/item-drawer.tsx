import { useQuery } from '@apollo/client/react';
import { Button, Drawer } from '@mantine/core';
import type { JSX } from 'react';
import { graphql, type EnumOf, type ResultOf } from '@sluice/client/graphql';
import {
  formatBytes,
  formatInstant,
  formatSecond,
  formatSpan,
  lastSegment,
  parseDuration,
  known,
  wordOf,
} from '../../ui/format.js';
import { Facts } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { useItemActions } from './item-actions.js';
import { OutcomeTag, reasonWord } from '../run/run-tags.js';
import { Failure } from '../failure.js';
import { ItemFields } from './item-data.js';

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

const PROOFS: Record<EnumOf<'VerificationMethod'>, string> = {
  CHECKSUM: 'Equal checksums',
  SIZE: 'Equal sizes',
  NONE: 'The platform’s word',
};

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
  const name = item ? lastSegment(item.sourcePath ?? item.destinationPath ?? '/') : 'Item';
  return (
    <Drawer
      opened={itemId !== null}
      onClose={onClose}
      size="lg"
      title={name}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {item && <Details item={item} jobId={jobId} canRetry={canRetry} onClose={onClose} />}
      {!item && (error ? <Failure error={error} /> : <Loading label="Loading the item" />)}
    </Drawer>
  );
}

function Details({
  item,
  jobId,
  canRetry,
  onClose,
}: {
  item: Item;
  jobId: string;
  canRetry: boolean;
  onClose: () => void;
}): JSX.Element {
  const actions = useItemActions(jobId);
  const path = (value: string | null) => (value === null ? '–' : <span className={styles.path}>{value}</span>);
  return (
    <div className={styles.stack} style={{ gap: 20 }}>
      <div className={styles.row}>
        <OutcomeTag outcome={item.outcome} />
        <span className={styles.dim}>{reasonWord(item.reason)}</span>
      </div>
      <p style={{ margin: 0 }}>{item.message}</p>
      {item.remedy && (
        <p style={{ margin: 0 }}>
          <strong>What to do:</strong> {item.remedy}
        </p>
      )}
      {item.outcome === 'FLAGGED' && (
        <div className={styles.actions}>
          <Button
            size="xs"
            loading={actions.isBusy}
            disabled={!canRetry}
            onClick={() => void actions.retry({ ids: [item.id] })}
          >
            Retry this item
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={actions.isBusy || !canRetry}
            onClick={() => void actions.ignore({ ids: [item.id] }, 1).then((isDone) => isDone && onClose())}
          >
            Ignore this item
          </Button>
        </div>
      )}
      <Facts
        facts={[
          ['Kind', wordOf(item.kind)],
          ['At the source', path(item.sourcePath)],
          ['At the destination', path(item.destinationPath)],
          item.isRevised ? ['Name', 'Adapted to the rules of the destination'] : null,
          ['Size', formatBytes(item.byteSize)],
          ['SHA-256', item.sha256 ? <span className={styles.path}>{item.sha256}</span> : '–'],
          ['Proof', item.verifiedBy ? (known(PROOFS, item.verifiedBy) ?? wordOf(item.verifiedBy)) : '–'],
          item.destinationRemoteId ? ['Identifier at the destination', path(item.destinationRemoteId)] : null,
          ['Finished', formatInstant(item.finishedAt)],
        ]}
      />
      <Attempts item={item} />
    </div>
  );
}

function Attempts({ item }: { item: Item }): JSX.Element | null {
  if (item.attempts.length === 0) return null;
  return (
    <section aria-label="Attempts">
      <strong>Attempts</strong>
      <ol className={styles.list} style={{ marginTop: 6, border: '1px solid var(--rule)', borderRadius: 5 }}>
        {item.attempts.map((attempt) => (
          <li key={attempt.startedAt} style={{ padding: '8px 12px', fontSize: '0.875rem' }}>
            {formatSecond(attempt.startedAt)}, took {spanOf(attempt.duration)}
            {attempt.reason ? `: ${reasonWord(attempt.reason)}` : ': done'}
            {attempt.remoteStatus && <span className={styles.sub}>Status {attempt.remoteStatus}</span>}
            {attempt.remoteRequestId && <span className={styles.sub}>Request {attempt.remoteRequestId}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function spanOf(duration: string): string {
  const span = parseDuration(duration);
  if (span === null) return duration;
  return span < 1000 ? `${span} ms` : formatSpan(span);
}
