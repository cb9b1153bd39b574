import type { JSX } from 'react';
import { useNow } from '../../ui/clock.js';
import { formatCount, formatCountdown, formatMoment, formatShare } from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { MomentIn } from '../../ui/moment.js';
import { Figures } from '../../ui/page.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import type { BudgetData } from './budget-data.js';
import { t } from '../words.js';

/** Calls left this hour on a scale, with the reserve at its end. */
export function BudgetGauge({ budget }: { budget: BudgetData }): JSX.Element {
  const { limit, remaining } = budget.hourly;
  const isKnown = limit !== null && remaining !== null && limit > 0;
  const left = isKnown ? remaining / limit : null;
  const reserve = Math.min(budget.reserveShare, left ?? 0);
  const text = isKnown ? t('callsLeft', { left: formatCount(remaining), limit: formatCount(limit) }) : t('notKnownYet');
  const tone = left !== null && left - reserve < 0.1 ? ('warn' as const) : ('busy' as const);
  return (
    <div>
      <Gauge
        label={t('callsLeftAt', { host: budget.apiHost })}
        text={text}
        value={left}
        parts={[
          { share: reserve, tone: 'idle', isHatched: true },
          { share: Math.max(0, (left ?? 0) - reserve), tone },
        ]}
      />
      <div className={`${styles.row ?? ''} ${styles.between ?? ''} ${styles.small ?? ''} ${styles.below ?? ''}`}>
        <span>{text}</span>
        <Reset budget={budget} />
      </div>
    </div>
  );
}

function Reset({ budget }: { budget: BudgetData }): JSX.Element | null {
  const now = useNow();
  if (budget.throttledUntil && Date.parse(budget.throttledUntil) > now) {
    const text = t('pausedUntil', { time: formatMoment(budget.throttledUntil) });
    return <StatusTag tone="warn" label={<MomentIn instant={budget.throttledUntil} text={text} />} />;
  }
  if (!budget.hourly.resetsAt) return null;
  const left = Date.parse(budget.hourly.resetsAt) - now;
  return left > 0 ? <span className={styles.dim}>{t('resetsIn', { span: formatCountdown(left) })}</span> : null;
}

/** Where a limit comes from; a limit that is not there comes from nowhere. */
const sourceOf = ({ limit, source }: BudgetData['hourly' | 'spike']) =>
  limit === null ? t('notKnownYet') : t(`limitSource.${source}`);

/** All figures of a budget. */
export function BudgetView({ budget }: { budget: BudgetData }): JSX.Element {
  const { hourly, spike } = budget;
  return (
    <div className={styles.stack}>
      <BudgetGauge budget={budget} />
      <Figures
        figures={[
          { name: t('callsPerHour'), value: formatCount(hourly.limit), note: sourceOf(hourly) },
          { name: t('callsPerSpike'), value: formatCount(spike.limit), note: sourceOf(spike) },
          { name: t('leftInSpike'), value: formatCount(spike.remaining) },
          { name: t('callsLastMinute'), value: formatCount(budget.callsLastMinute) },
          { name: t('keptForPeople'), value: formatShare(budget.reserveShare), note: t('ofTheHour') },
          { name: t('refusedWith429'), value: formatCount(budget.throttledCount), note: t('sinceStart') },
        ]}
      />
    </div>
  );
}
