import { useQuery } from '@apollo/client/react';
import type { JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { Bold } from '../ui/sentence.js';
import { Notice } from '../ui/states.js';
import { t } from './words.js';

const ServerNoticeQuery = graphql(`
  query ServerNotice {
    server {
      worker {
        state
        message
      }
    }
  }
`);

const POLL_MS = 10_000;

/** What is wrong with the server itself, on every page; nothing while all is well. */
export function ServerNotice(): JSX.Element | null {
  const { data } = useQuery(ServerNoticeQuery, { pollInterval: POLL_MS, errorPolicy: 'ignore' });
  const worker = data?.server?.worker;
  if (worker?.state !== 'DOWN') return null;
  return (
    <Notice tone="bad" role="alert">
      <Bold text={t('workerDown', { message: worker.message ?? '' })} />
    </Notice>
  );
}
