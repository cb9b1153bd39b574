import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { useParams } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import { ConnectionTag } from '../../domain/connection/connection-tags.js';
import { Failure } from '../../domain/failure.js';
import { NotThere } from '../../ui/not-there.js';
import { ObjectPage, TabLink } from '../../ui/object-page.js';
import { Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import { ConnectionActions } from './connection-actions.js';
import { ConnectionFields } from './data.js';
import { useConnectionEvents } from './live.js';
import { t } from './words.js';

const ConnectionPageQuery = graphql(
  `
    query ConnectionPage($id: ID!) {
      connection(id: $id) {
        ...ConnectionFields
        budget {
          id
        }
      }
    }
  `,
  [ConnectionFields],
);
export type ShownConnection = NonNullable<ResultOf<typeof ConnectionPageQuery>['connection']>;

const BACK = () => ({ to: '/connections', label: t('connections') }) as const;

/** The frame around each tab of a connection. */
export function ConnectionFrame({ children }: { children: (connection: ShownConnection) => ReactNode }): JSX.Element {
  const { connectionId: id = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(ConnectionPageQuery, { variables: { id } });
  const again = () => void refetch();
  useConnectionEvents((subject) => {
    if (subject === null || subject === id) again();
  });
  const connection = data?.connection;
  if (connection)
    return (
      <ObjectPage
        title={connection.name}
        state={<ConnectionTag status={connection.health.status} />}
        back={BACK()}
        lead={connection.health.status === 'HEALTHY' ? null : connection.health.message}
        actions={<ConnectionActions connection={connection} />}
        tabs={<Tabs connection={connection} />}
        tabsLabel={t('tabs')}
      >
        {children(connection)}
      </ObjectPage>
    );
  if (data && !error) return <NotThere title={t('noSuchConnection')} />;
  return (
    <Page title={t('connection')} back={BACK()}>
      <Panel title={t('connection')} isFlush>
        {error ? <Failure error={error} onRetry={again} /> : <Loading label={t('loadingConnection')} />}
      </Panel>
    </Page>
  );
}

function Tabs({ connection }: { connection: ShownConnection }): JSX.Element {
  const params = { connectionId: connection.id };
  return (
    <>
      <TabLink to="/connections/$connectionId" params={params} activeOptions={{ exact: true }}>
        {t('health')}
      </TabLink>
      <TabLink to="/connections/$connectionId/settings" params={params}>
        {t('settings')}
      </TabLink>
      <TabLink to="/connections/$connectionId/content" params={params}>
        {t('content')}
      </TabLink>
      <TabLink to="/connections/$connectionId/jobs" params={params}>
        {t('usedBy')}
      </TabLink>
      <TabLink to="/connections/$connectionId/capabilities" params={params}>
        {t('canHold')}
      </TabLink>
      {connection.budget && (
        <TabLink to="/connections/$connectionId/budget" params={params}>
          {t('budget')}
        </TabLink>
      )}
    </>
  );
}
