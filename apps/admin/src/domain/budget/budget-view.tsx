import type { JSX } from 'react';
import { useNow } from '../../ui/clock.js';
import { formatCount, formatCountdown, formatMoment, formatShare } from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { Figures } from '../../ui/page.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import type { BudgetData } from './budget-data.js';

const SOURCES = { ASSUMED: 'assumed', CONFIGURED: 'set by an administrator', REPORTED: 'reported by the platform' };

/** Calls left this hour on a scale, with the reserve at its end. */
export function BudgetGauge({ budget }: { budget: BudgetData }): JSX.Element {
  const { limit, remaining } = budget.hourly;
  const isKnown = limit !== null && remaining !== null && limit > 0;
  const left = isKnown ? remaining / limit : null;
  const reserve = Math.min(budget.reserveShare, left ?? 0);
  const text = isKnown ? `${formatCount(remaining)} of ${formatCount(limit)} calls left this hour` : 'Not known yet';
  const tone = left !== null && left - reserve < 0.1 ? ('warn' as const) : ('busy' as const);
  return (
    <div>
      <Gauge
        label={`Calls left at ${budget.apiHost}`}
        text={text}
        value={left}
        parts={[
          { share: reserve, tone: 'idle', isHatched: true },
          { share: Math.max(0, (left ?? 0) - reserve), tone },
        ]}
      />
      <div className={styles.row} style={{ justifyContent: 'space-between', marginTop: 6, fontSize: '0.8125rem' }}>
        <span>{text}</span>
        <Reset budget={budget} />
      </div>
    </div>
  );
}

function Reset({ budget }: { budget: BudgetData }): JSX.Element | null {
  const now = useNow();
  if (budget.throttledUntil && Date.parse(budget.throttledUntil) > now) {
    return <StatusTag tone="warn" label={`Paused by the platform until ${formatMoment(budget.throttledUntil)}`} />;
  }
  if (!budget.hourly.resetsAt) return null;
  const left = Date.parse(budget.hourly.resetsAt) - now;
  return left > 0 ? <span className={styles.dim}>resets in {formatCountdown(left)}</span> : null;
}

/** All figures of a budget. */
export function BudgetView({ budget }: { budget: BudgetData }): JSX.Element {
  const { hourly, spike } = budget;
  return (
    <div className={styles.stack}>
      <BudgetGauge budget={budget} />
      <Figures
        figures={[
          { name: 'Calls per hour', value: formatCount(hourly.limit), note: SOURCES[hourly.source] },
          { name: 'Calls per spike window', value: formatCount(spike.limit), note: SOURCES[spike.source] },
          { name: 'Left in spike window', value: formatCount(spike.remaining) },
          { name: 'Calls in the last minute', value: formatCount(budget.callsLastMinute) },
          { name: 'Kept for people', value: formatShare(budget.reserveShare), note: 'of the hour' },
          { name: 'Refused with 429', value: formatCount(budget.throttledCount), note: 'since start' },
        ]}
      />
    </div>
  );
}
