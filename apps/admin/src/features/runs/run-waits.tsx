import type { JSX } from 'react';
import { useNow } from '../../ui/clock.js';
import { formatCountdown, formatMoment } from '../../ui/format.js';
import { TextLink } from '../../ui/links.js';
import { MomentIn } from '../../ui/moment.js';
import { Notice } from '../../ui/states.js';
import uiStyles from '../../ui/ui.module.css';
import { useRunView } from './run-view.js';
import styles from './runs.module.css';
import { t } from './words.js';

/** Why the run waits, rests or failed, until when, and what would let it go on; nothing for one that works. */
export function RunWaits(): JSX.Element | null {
  const { run } = useRunView();
  const now = useNow();
  const left = run.waitingUntil ? Date.parse(run.waitingUntil) - now : 0;
  const isAsking = run.state === 'AWAITING_APPROVAL';
  if (!run.stateReason && left <= 0 && !isAsking) return null;
  const tone = run.state === 'FAILED' ? 'bad' : isAsking || run.state === 'PAUSED' ? 'warn' : 'wait';
  return (
    <Notice tone={tone} role="status">
      <div className={styles.waiting}>
        <span>{run.stateReason?.message ?? t(isAsking ? 'waitsForPerson' : 'waiting')}</span>
        {left > 0 && (
          <span className={styles.countdown} role="timer" aria-label={t('timeLeft')}>
            {formatCountdown(left)}{' '}
            <span className={uiStyles.small}>
              {run.waitingUntil && (
                <MomentIn instant={run.waitingUntil} text={t('until', { time: formatMoment(run.waitingUntil) })} />
              )}
            </span>
          </span>
        )}
        {isAsking && run.plan && (
          <TextLink to="/plans/$planId" params={{ planId: run.plan.id }}>
            {t('lookAtPlan')}
          </TextLink>
        )}
      </div>
    </Notice>
  );
}
