import type { JSX } from 'react';
import { RunTag } from '../../domain/run/run-tags.js';
import { isOnlyFlagged } from '../../domain/run/done-text.js';
import { useNow } from '../../ui/clock.js';
import { formatMoment, formatShare, formatSpan } from '../../ui/format.js';
import { MomentIn } from '../../ui/moment.js';
import { StickyBar } from '../../ui/sticky-bar.js';
import { StatusTag } from '../../ui/tag.js';
import uiStyles from '../../ui/ui.module.css';
import { RunActions } from './run-actions.js';
import { useRunView, type RunView } from './run-view.js';
import { t } from './words.js';

/** State, share done, the one time of the end, and what can be done; it stays in sight. */
export function RunBar(): JSX.Element {
  const view = useRunView();
  const { run, statistics, isOver, flagged, cures } = view;
  const hasShare = statistics.progress !== null && !isOnlyFlagged(statistics);
  return (
    <StickyBar label={t('barLabel')} actions={<RunActions run={run} flagged={flagged} mayRetry={cures.mayRetry} />}>
      <RunTag state={run.state} />
      {!isOver && hasShare && <strong>{formatShare(statistics.progress)}</strong>}
      <Finish view={view} />
      {!isOver && <Live stream={view.stream} />}
    </StickyBar>
  );
}

/** When the run ends or has ended, and how long it takes: the only place that tells it. */
function Finish({ view: { run, statistics, isOver } }: { view: RunView }): JSX.Element {
  const now = useNow();
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now;
  const span = run.startedAt ? formatSpan(end - Date.parse(run.startedAt)) : null;
  const at = isOver ? run.finishedAt : statistics.expectedFinishAt;
  const time = formatMoment(at);
  return (
    <span>
      {at === null ? (
        t('endUnknown')
      ) : (
        <MomentIn instant={at} text={isOver ? t('endedIn', { time, span: span ?? '–' }) : t('doneAt', { time })} />
      )}
      {!isOver && <span className={uiStyles.dim}> {span === null ? t('notBegun') : t('runningFor', { span })}</span>}
    </span>
  );
}

const STREAM_TONES = { connecting: 'wait', live: 'ok', reconnecting: 'warn', ended: 'idle' } as const;

function Live({ stream }: { stream: keyof typeof STREAM_TONES }): JSX.Element {
  return (
    <span role="status" aria-label={t('liveConnection')}>
      <StatusTag tone={STREAM_TONES[stream]} label={t(`stream.${stream}`)} />
    </span>
  );
}
