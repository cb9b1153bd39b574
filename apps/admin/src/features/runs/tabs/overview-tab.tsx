import { useState, type JSX } from 'react';
import { triggerWord } from '../../../domain/run/run-tags.js';
import { t as scanWords } from '../../../domain/scan/words.js';
import { withWords } from '../../../routing/page.js';
import { lazily } from '../../../ui/lazily.js';
import { TextLink } from '../../../ui/links.js';
import { Moment } from '../../../ui/moment.js';
import { Facts, Panel } from '../../../ui/page.js';
import uiStyles from '../../../ui/ui.module.css';
import { RunBudgets } from '../run-budgets.js';
import { RunFigures } from '../run-figures.js';
import { Outcomes } from '../run-outcomes.js';
import { useRunView } from '../run-view.js';
import { StageLine } from '../stage-line.js';
import { t } from '../words.js';

const RunCharts = lazily(async () => (await import('../run-charts.js')).RunCharts);
const loadScan = withWords([scanWords], () => import('../../../domain/scan/scan-panels.js'));
const ScanPanels = lazily(async () => (await loadScan()).ScanPanels);

export function OverviewTab(): JSX.Element {
  const { isOver, isScan } = useRunView();
  return (
    <>
      <Panel title={t('progress')}>
        <div className={`${uiStyles.stack ?? ''} ${uiStyles.loose ?? ''}`}>
          <StageLine />
          <RunFigures />
        </div>
      </Panel>
      {isScan && isOver && <Scanned />}
      <RunCharts />
      <Outcomes />
      <div className={uiStyles.columns}>
        <RunBudgets />
        <About />
      </div>
    </>
  );
}

function Scanned(): JSX.Element {
  const { run } = useRunView();
  const [destination, setDestination] = useState<string>();
  return <ScanPanels runId={run.id} destination={destination} onDestination={setDestination} />;
}

function About(): JSX.Element {
  const { run } = useRunView();
  const trigger = triggerWord(run.trigger);
  return (
    <Panel title={t('about')}>
      <Facts
        facts={[
          [t('started'), run.startedBy ? t('startedBy', { trigger, name: run.startedBy.displayName }) : trigger],
          [t('requested'), <Moment key="requested" instant={run.queuedAt} />],
          [t('began'), <Moment key="began" instant={run.startedAt} />],
          [t('endedAt'), <Moment key="ended" instant={run.finishedAt} />],
          run.continues && [
            t('continues'),
            <TextLink key="continues" to="/runs/$runId" params={{ runId: run.continues.id }}>
              {t('runNumber', { number: run.continues.number })}
            </TextLink>,
          ],
          run.plan && run.job.transferType !== 'SCAN'
            ? [
                t('plan'),
                <TextLink key="plan" to="/plans/$planId" params={{ planId: run.plan.id }}>
                  {t('showPlan')}
                </TextLink>,
              ]
            : null,
        ]}
      />
    </Panel>
  );
}
