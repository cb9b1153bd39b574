import { Button } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { lastSegment } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ItemDrawer } from '../../domain/item/item-drawer.js';
import { type Progress } from './progress.js';
import { type RunPageData } from './data.js';
import { OutcomeTag } from '../../domain/run/run-tags.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { ItemFields, type ItemData } from '../../domain/item/item-data.js';
import { t } from './words.js';

const ProblemItemsQuery = graphql(
  `
    query ProblemItems($id: ID!) {
      run(id: $id) {
        id
        items(first: 12, filter: { outcomes: [FLAGGED, RETRYING] }) {
          nodes {
            ...ItemFields
          }
        }
      }
    }
  `,
  [ItemFields],
);

/** Items that were flagged or wait for another try: those of the stream, filled up with those from before it. */
export function ProblemItems({
  progress,
  run,
  revision,
  onShowAll,
}: {
  progress: Progress;
  run: RunPageData;
  /** Changes when the items have to be read again. */
  revision: string;
  onShowAll: () => void;
}): JSX.Element {
  const [earlier, setEarlier] = useState<readonly ItemData[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    client
      .query({ query: ProblemItemsQuery, variables: { id: run.id }, fetchPolicy: 'no-cache' })
      .then(({ data }) => isCurrent && setEarlier(data?.run?.items.nodes ?? []))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [run.id, revision]);
  const isOver = hasEnded(run.state);
  const live = isOver ? [] : progress.problems;
  const items = [...live, ...earlier.filter((item) => !live.some((one) => one.id === item.id))].slice(0, 12);
  const showAll = (
    <Button size="xs" variant="default" onClick={onShowAll}>
      {t('showAllFlagged')}
    </Button>
  );
  return (
    <Panel title={t('attention')} isFlush aside={items.length > 0 && showAll}>
      {items.length === 0 ? (
        <Blank title={isOver ? t('none') : t('noneSoFar')}>{isOver ? t('noneWaits') : t('noneSoFarWhy')}</Blank>
      ) : (
        <ul className={styles.list} style={{ maxHeight: 300, overflowY: 'auto' }}>
          {items.map((item) => (
            <Problem key={item.id} item={item} onOpen={() => setOpen(item.id)} />
          ))}
        </ul>
      )}
      <ItemDrawer
        itemId={open}
        jobId={run.job.id}
        canRetry={run.allowedActions.includes('RETRY')}
        onClose={() => setOpen(null)}
      />
    </Panel>
  );
}

function Problem({ item, onOpen }: { item: ItemData; onOpen: () => void }): JSX.Element {
  const path = item.sourcePath ?? item.destinationPath ?? '/';
  return (
    <li>
      <div className={styles.row} style={{ justifyContent: 'space-between' }}>
        <strong title={path} style={{ fontWeight: 560, overflowWrap: 'anywhere' }}>
          {lastSegment(path)}
        </strong>
        <OutcomeTag outcome={item.outcome} />
      </div>
      <span className={styles.sub}>{item.message}</span>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={onOpen}
        aria-label={t('detailsOf', { name: lastSegment(path) })}
        ml={-8}
      >
        {t('details')}
      </Button>
    </li>
  );
}
