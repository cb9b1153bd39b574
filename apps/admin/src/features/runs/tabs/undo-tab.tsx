import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useCan } from '../../../domain/session.js';
import { newKey, useAction } from '../../../graphql/action.js';
import { Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import { toastProblems } from '../../../ui/toast.js';
import { PlanUndo } from '../data.js';
import { useRunView } from '../run-view.js';
import { t } from '../words.js';

/** Leads to a plan that puts back what the run changed. */
export function UndoTab(): JSX.Element {
  const { run, isOver, isScan } = useRunView();
  const canPlan = useCan('RUNS_CONTROL') && isOver && !isScan;
  return (
    <Panel title={t('undo')} isFlush>
      <Blank title={t('undoTitle')} action={canPlan && <PlanTheUndo runId={run.id} />}>
        {canPlan ? t('undoWhat') : t('undoNot')}
      </Blank>
    </Panel>
  );
}

function PlanTheUndo({ runId }: { runId: string }): JSX.Element {
  const [undo, isUndoing] = useAction(PlanUndo);
  const navigate = useNavigate();
  const plan = async () => {
    const payload = (await undo({ runId, key: newKey() }))?.planUndo;
    toastProblems(payload?.userErrors);
    if (payload?.plan) await navigate({ to: '/plans/$planId', params: { planId: payload.plan.id } });
  };
  return (
    <Button variant="default" loading={isUndoing} onClick={() => void plan()}>
      {t('planUndo')}
    </Button>
  );
}
