import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { graphql } from '@sluice/client/graphql';
import { useEffect, useState, type JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { ItemFields, type ItemData } from '../../domain/item/item-data.js';
import { Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import own from './attention.module.css';
import { t } from './words.js';

const ItemsQuery = graphql(
  `
    query FlaggedItemsOfJob($id: ID!, $reason: ItemReason!, $first: Int!) {
      job(id: $id) {
        id
        items(first: $first, filter: { outcomes: [FLAGGED], reasons: [$reason] }) {
          nodes {
            ...ItemFields
          }
        }
      }
    }
  `,
  [ItemFields],
);

const FEW = 3;
const MANY = 100;

interface Concern {
  job: { id: string; name: string };
  reason: string;
  /** Items of the job with the reason. */
  count: number;
}

/** Some of the items, once they come into view; there may be hundreds of such lists on the page. */
export function FlaggedItems(concern: Concern): JSX.Element {
  const { ref, inViewport } = useInViewport();
  const [wasSeen, setSeen] = useState(false);
  useEffect(() => {
    if (inViewport) setSeen(true);
  }, [inViewport]);
  return <div ref={ref}>{wasSeen ? <Items {...concern} /> : <Loading label={t('loadingItems')} rows={1} />}</div>;
}

function Items({ job, reason, count }: Concern): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const { data, previousData, error, refetch } = useQuery(ItemsQuery, {
    variables: { id: job.id, reason: reason as ItemData['reason'], first: isWhole ? MANY : FEW },
    fetchPolicy: 'cache-and-network',
  });
  const items = (data ?? previousData)?.job?.items.nodes;
  const others = Math.min(count, MANY) - FEW;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!items) return <Loading label={t('loadingItems')} rows={1} />;
  return (
    <>
      <ul className={own.items} aria-label={t('affected', { job: job.name })}>
        {items.map((item) => (
          <li key={item.id}>
            <span className={styles.path}>{item.sourcePath ?? item.destinationPath ?? '/'}</span>
            <span className={styles.sub}>
              {item.message} {item.remedy}
            </span>
          </li>
        ))}
      </ul>
      {isWhole && count > MANY && <span className={styles.sub}>{t('firstOf', { count, shown: MANY })}</span>}
      {others > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole} ml={4}>
          {isWhole ? t('showLess') : t('showAll', { count: others })}
        </Button>
      )}
    </>
  );
}
