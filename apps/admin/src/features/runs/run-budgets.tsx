import { useQuery } from '@apollo/client/react';
import type { JSX } from 'react';
import { BudgetGauge } from '../../domain/budget/budget-view.js';
import { useLiveBudgets } from '../../domain/budget/budget-data.js';
import { formatCount } from '../../ui/format.js';
import { Figures, Panel } from '../../ui/page.js';
import uiStyles from '../../ui/ui.module.css';
import { RunBudgetsQuery } from './data.js';
import { useRunView } from './run-view.js';
import { t } from './words.js';

/** Both windows of each budget that the run takes calls from, with what it has used of it and still needs. */
export function RunBudgets(): JSX.Element | null {
  const { run, statistics, isOver } = useRunView();
  const used = new Map(statistics.calls.flatMap(({ budget, total }) => (budget ? [[budget.id, total]] : [])));
  const needed = new Map(run.forecast.map(({ budget, callsNeeded }) => [budget.id, callsNeeded]));
  const ids = [...new Set([...used.keys(), ...needed.keys()])];
  const { data } = useQuery(RunBudgetsQuery, { variables: { ids }, skip: ids.length === 0 });
  useLiveBudgets(null);
  const budgets = data?.nodes?.flatMap((node) => (node?.__typename === 'RateBudget' ? [node] : [])) ?? [];
  if (budgets.length === 0) return null;
  return (
    <Panel title={t('budgets')} isFlush>
      <ul className={uiStyles.list}>
        {budgets.map((budget) => (
          <li key={budget.id}>
            <div className={uiStyles.stack}>
              <strong>{budget.apiHost}</strong>
              <BudgetGauge budget={budget} />
              <Figures
                figures={[
                  { name: t('usedByRun'), value: formatCount(used.get(budget.id) ?? 0) },
                  ...(isOver ? [] : [{ name: t('stillNeeded'), value: formatCount(needed.get(budget.id)) }]),
                  {
                    name: t('leftInSeconds'),
                    value: formatCount(budget.spike.remaining),
                    note: t('of', { whole: formatCount(budget.spike.limit) }),
                  },
                ]}
              />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
