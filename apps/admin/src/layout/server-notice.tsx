import { useQuery } from '@apollo/client/react';
import { useSyncExternalStore, type JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { server } from '../graphql/server.js';
import { formatInstant } from '../ui/format.js';
import { Bold } from '../ui/sentence.js';
import { Notice } from '../ui/states.js';
import styles from './layout.module.css';
import { t } from './words.js';

// The settings show what else is told of the worker, and follow this.
const ServerNoticeQuery = graphql(`
  query ServerNotice {
    server {
      worker {
        state
        since
        restartCount
        message
      }
    }
  }
`);

const POLL_MS = 10_000;

/** Time of the figures on the page while the server does not answer, in epoch milliseconds; otherwise null. */
export const useLostSince = (): number | null => useSyncExternalStore(server.subscribe, server.lostSince);

/** What is wrong with the server itself, over every page; nothing while all is well. */
export function ServerNotice(): JSX.Element {
  const lostSince = useLostSince();
  return (
    <div className={styles.notice}>
      <div role="status">{lostSince !== null && <Lost since={lostSince} />}</div>
      {lostSince === null && <WorkerNotice />}
    </div>
  );
}

function Lost({ since }: { since: number }): JSX.Element {
  return (
    <Notice tone="bad">
      <strong>{t('lostTitle')}</strong> {t('lostSince', { time: formatInstant(new Date(since).toISOString()) })}
    </Notice>
  );
}

function WorkerNotice(): JSX.Element | null {
  const { data } = useQuery(ServerNoticeQuery, { pollInterval: POLL_MS, errorPolicy: 'ignore' });
  const worker = data?.server?.worker;
  if (worker?.state !== 'DOWN') return null;
  return (
    <Notice tone="bad" role="alert">
      <Bold text={t('workerDown', { message: worker.message ?? '' })} />
    </Notice>
  );
}
