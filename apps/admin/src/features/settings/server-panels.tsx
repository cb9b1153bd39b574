import type { EnumOf } from '@sluice/client/graphql';
import { useState, type JSX } from 'react';
import { formatBytes, formatCount, formatMoment, formatSpan, parseDuration } from '../../ui/format.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Facts, Panel } from '../../ui/page.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { clockDifference } from './clock.js';
import { hasDefaultClient, type PlatformFacts, type ServerFacts } from './data.js';
import { t } from './words.js';

export function Server({ server }: { server: ServerFacts }): JSX.Element {
  return (
    <Panel title={t('server')}>
      <Facts
        facts={[
          [t('version'), server.version],
          [t('runner'), <Runner key="runner" worker={server.worker} />],
          [t('clock'), <Clock key="clock" time={server.time} />],
          [
            t('schema'),
            <code key="schema" title={server.schemaHash}>
              {server.schemaHash.slice(0, 12)}…
            </code>,
          ],
        ]}
      />
    </Panel>
  );
}

function Clock({ time }: { time: string }): JSX.Element {
  const [difference] = useState(() => clockDifference(time, Date.now()));
  const span = formatSpan(Math.abs(difference));
  const words =
    difference === 0 ? t('clockEqual') : difference > 0 ? t('clockAhead', { span }) : t('clockBehind', { span });
  return (
    <>
      <Moment instant={time} />
      <span className={styles.sub}>{words}</span>
    </>
  );
}

const TONES: Record<EnumOf<'WorkerState'>, Tone> = {
  STARTING: 'wait',
  RUNNING: 'ok',
  RESTARTING: 'warn',
  DOWN: 'bad',
  STOPPED: 'idle',
};

function Runner({ worker }: { worker: ServerFacts['worker'] }): JSX.Element {
  if (worker === null) return <>{t('runnerElsewhere')}</>;
  return (
    <>
      <StatusTag tone={TONES[worker.state]} label={t.known('state', worker.state) ?? worker.state} />
      <span className={styles.sub}>
        <MomentIn instant={worker.since} text={t('since', { moment: formatMoment(worker.since) })} />,{' '}
        {t('restarts', { count: worker.restartCount })}
      </span>
      {worker.message !== null && <span className={styles.sub}>{worker.message}</span>}
    </>
  );
}

/** What an operator has set up for the platforms; only those where there is something to set up. */
export function Platforms({ platforms }: { platforms: readonly PlatformFacts[] }): JSX.Element {
  return (
    <Panel title={t('platforms')}>
      <div className={styles.stack}>
        {platforms
          .filter(({ oauthRedirectUrl }) => oauthRedirectUrl !== null)
          .map((platform) => (
            <Facts
              key={platform.key}
              facts={[
                [
                  `${platform.displayName}: ${t('defaultClient')}`,
                  hasDefaultClient(platform) ? t('defaultClientYes') : t('defaultClientNo'),
                ],
                [t('redirect'), <code key="address">{platform.oauthRedirectUrl}</code>],
              ]}
            />
          ))}
        <Facts facts={[[t('shareRoots'), t('shareRootsText')]]} />
      </div>
    </Panel>
  );
}

const spanOf = (duration: string) => {
  const milliseconds = parseDuration(duration);
  return milliseconds === null ? duration : formatSpan(milliseconds);
};

export function Limits({ limits }: { limits: ServerFacts['limits'] }): JSX.Element {
  return (
    <Panel title={t('limits')}>
      <div className={styles.stack}>
        <p className={styles.sub}>{t('limitsText')}</p>
        <Facts
          facts={[
            [t('maxDepth'), formatCount(limits.maxDepth)],
            [t('maxCost'), formatCount(limits.maxCost)],
            [t('costPerMinute'), formatCount(limits.costPerMinute)],
            [t('maxBody'), formatBytes(limits.maxBodyBytes)],
            [t('maxSubscriptions'), formatCount(limits.maxSubscriptionsPerSocket)],
            [t('eventRetention'), spanOf(limits.eventRetention)],
            [t('idempotencyRetention'), spanOf(limits.idempotencyRetention)],
            [t('planValidity'), spanOf(limits.planValidity)],
          ]}
        />
      </div>
    </Panel>
  );
}
