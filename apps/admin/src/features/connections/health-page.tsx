import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
import { formatMoment } from '../../ui/format.js';
import { MomentIn } from '../../ui/moment.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { Checks } from './checks.js';
import { ConnectionTest, type ConnectionData } from './data.js';
import { ConnectionFrame } from './frame.js';
import { t } from './words.js';

export function HealthPage(): JSX.Element {
  return <ConnectionFrame>{(connection) => <HealthPanel connection={connection} />}</ConnectionFrame>;
}

function HealthPanel({ connection }: { connection: ConnectionData }): JSX.Element {
  const canWrite = useCan('CONNECTIONS_WRITE');
  const [test, isTesting] = useAction(ConnectionTest);
  const { health } = connection;
  const button = (
    <Button size="xs" variant="default" loading={isTesting} onClick={() => void test({ id: connection.id })}>
      {health.checkedAt ? t('testAgain') : t('testConnection')}
    </Button>
  );
  return (
    <Panel title={t('health')} isFlush aside={canWrite && button}>
      {health.checks.length > 0 ? (
        <Checks health={health} />
      ) : (
        <Blank title={t('notTested')}>{t('notTestedWhy')}</Blank>
      )}
      {health.checkedAt && (
        <p className={`${styles.dim ?? ''} ${styles.small ?? ''} ${styles.panelNote ?? ''} ${styles.lined ?? ''}`}>
          <MomentIn instant={health.checkedAt} text={t('checkedAt', { time: formatMoment(health.checkedAt) })} />
        </p>
      )}
    </Panel>
  );
}
