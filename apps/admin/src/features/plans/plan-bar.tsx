import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { ApprovalTag } from '../../domain/job/job-tags.js';
import { useCan } from '../../domain/session.js';
import { useRunStart } from '../../domain/run/use-run-start.js';
import { formatMoment } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { MomentIn } from '../../ui/moment.js';
import { StickyBar } from '../../ui/sticky-bar.js';
import uiStyles from '../../ui/ui.module.css';
import type { PlanData } from './data.js';
import { t } from './words.js';

const DecisionDialog = lazily(async () => (await import('./plan-decision.js')).DecisionDialog);

/** Whether the plan may be carried out, what it takes and until when, and what can be decided; it stays in sight. */
export function PlanBar({ plan }: { plan: PlanData }): JSX.Element {
  return (
    <StickyBar label={t('barLabel')} actions={<Actions plan={plan} />}>
      <ApprovalTag state={plan.approvalState} />
      <Cost plan={plan} />
    </StickyBar>
  );
}

const TO_BE_DONE: readonly PlanData['approvalState'][] = ['PENDING', 'NOT_REQUIRED', 'APPROVED'];

/** Whether a run may still carry the plan out: only then there is a time at which it is done. */
const isToBeDone = ({ run, approvalState }: PlanData): boolean => run === null && TO_BE_DONE.includes(approvalState);

/** The calls of all budgets, and the one time at which the last of them lets the plan be done. */
function Cost({ plan }: { plan: PlanData }): JSX.Element {
  const estimates = plan.summary?.callEstimates ?? [];
  const calls = estimates.reduce((sum, { callsNeeded }) => sum + (callsNeeded ?? 0), 0);
  const at = estimates
    .flatMap(({ finishAt }) => finishAt ?? [])
    .toSorted()
    .at(-1);
  return (
    <>
      <span>{estimates.length === 0 ? t('noCallsNeeded') : t('callsNeeded', { count: calls })}</span>
      {at && isToBeDone(plan) && (
        <span className={uiStyles.dim}>
          <MomentIn instant={at} text={t('doneAtAbout', { time: formatMoment(at) })} />
        </span>
      )}
    </>
  );
}

function Actions({ plan }: { plan: PlanData }): JSX.Element | null {
  const canApprove = useCan('PLANS_APPROVE');
  const [run, isStarting] = useRunStart();
  const [decision, setDecision] = useState<'approve' | 'reject' | null>(null);
  if (plan.approvalState === 'PENDING') {
    if (!canApprove) return <span className={uiStyles.dim}>{t('mayNot')}</span>;
    return (
      <>
        <Button disabled={plan.digest === null} onClick={() => setDecision('approve')}>
          {t('approve')}
        </Button>
        <Button variant="default" c="var(--bad)" onClick={() => setDecision('reject')}>
          {t('reject')}
        </Button>
        {decision && <DecisionDialog plan={plan} decision={decision} onClose={() => setDecision(null)} />}
      </>
    );
  }
  if (plan.run || !['NOT_REQUIRED', 'APPROVED'].includes(plan.approvalState)) return null;
  return (
    <Button
      loading={isStarting}
      disabled={!plan.job.allowedActions.includes('RUN')}
      onClick={() => void run(plan.job.id, plan.id)}
    >
      {t('runPlan')}
    </Button>
  );
}
