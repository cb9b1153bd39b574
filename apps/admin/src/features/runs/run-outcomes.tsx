import { useQuery } from '@apollo/client/react';
import { useEffect, type JSX } from 'react';
import { outcomeOf, reasonWord } from '../../domain/run/run-tags.js';
import { Bars } from '../../ui/bars.js';
import { formatBytes } from '../../ui/format.js';
import { TextLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import uiStyles from '../../ui/ui.module.css';
import { ReasonsQuery } from './data.js';
import { useRunView } from './run-view.js';
import { t } from './words.js';

/** What became of the items, why some are flagged and why the names of some were adapted; each bar leads to its items. */
export function Outcomes(): JSX.Element | null {
  const { run, statistics } = useRunView();
  const counted = statistics.outcomes.filter(({ itemCount }) => itemCount > 0);
  const params = { runId: run.id };
  if (counted.length === 0) return null;
  const bars = counted.map(({ outcome, itemCount, byteCount }) => {
    const { label, tone } = outcomeOf(outcome);
    const name =
      outcome === 'UNCHANGED' ? (
        label
      ) : (
        <TextLink to="/runs/$runId" params={params} search={{ tab: 'items', outcome }}>
          {label}
        </TextLink>
      );
    return { key: outcome, name, count: itemCount, tone, ...(byteCount > 0 ? { note: formatBytes(byteCount) } : {}) };
  });
  return (
    <div className={uiStyles.columns}>
      <Panel title={t('outcomes')}>
        <Bars label={t('outcomes')} bars={bars} />
      </Panel>
      <Reasons />
    </div>
  );
}

function Reasons(): JSX.Element | null {
  const { run, statistics, flagged, revision } = useRunView();
  const { itemsRevised } = statistics;
  const isAsked = flagged > 0 || itemsRevised > 0;
  const { data, refetch } = useQuery(ReasonsQuery, {
    variables: { id: run.id },
    skip: !isAsked,
    fetchPolicy: 'cache-and-network',
  });
  useEffect(() => {
    if (isAsked) void refetch();
  }, [isAsked, revision, refetch]);
  const params = { runId: run.id };
  const flaggedBars = (data?.run?.flagged ?? []).map(({ reason, itemCount: count }) => ({
    ...{ key: reason, count, tone: 'bad' as const },
    name: (
      <TextLink to="/runs/$runId" params={params} search={{ tab: 'flagged', reason }}>
        {reasonWord(reason)}
      </TextLink>
    ),
  }));
  const revisedBars = (data?.run?.revised ?? []).map(({ reason, itemCount: count }) => ({
    ...{ key: reason, count, tone: 'warn' as const },
    name: (
      <TextLink to="/runs/$runId" params={params} search={{ tab: 'items', reason, revised: true }}>
        {reasonWord(reason)}
      </TextLink>
    ),
  }));
  return (
    <>
      {flaggedBars.length > 0 && (
        <Panel title={t('flaggedByReason')}>
          <Bars label={t('flaggedByReason')} bars={flaggedBars} />
        </Panel>
      )}
      {revisedBars.length > 0 && (
        <Panel title={t('revisedByReason')}>
          <Bars label={t('revisedByReason')} bars={revisedBars} />
        </Panel>
      )}
    </>
  );
}
