import { Button, Textarea } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { graphql } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { useCan } from '../../domain/session.js';
import { Panel } from '../../ui/page.js';
import { messagesOf, Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import type { PlanData } from './data.js';
import { t } from './words.js';

const PlanApprove = graphql(
  `
    mutation PlanApprove($id: ID!, $digest: String!, $comment: String) {
      planApprove(id: $id, digest: $digest, comment: $comment) {
        plan {
          id
          approvalState
          comment
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

const PlanReject = graphql(
  `
    mutation PlanReject($id: ID!, $comment: String) {
      planReject(id: $id, comment: $comment) {
        plan {
          id
          approvalState
          comment
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

/** Asks for a decision while the plan waits for one, and shows the remark afterwards. */
export function PlanDecision({ plan }: { plan: PlanData }): JSX.Element | null {
  const canApprove = useCan('PLANS_APPROVE');
  const [comment, setComment] = useState('');
  const [messages, setMessages] = useState<string[]>([]);
  const [approve, isApproving] = useAction(PlanApprove);
  const [reject, isRejecting] = useAction(PlanReject);
  if (plan.approvalState !== 'PENDING') {
    if (!plan.decidedBy && !plan.comment) return null;
    const name = plan.decidedBy?.displayName ?? t('nobody');
    return (
      <p style={{ margin: 0 }}>
        {plan.comment ? t('decidedByWith', { name, comment: plan.comment }) : t('decidedBy', { name })}
      </p>
    );
  }
  const remark = comment.trim() || null;
  return (
    <Panel title={t('waitsTitle')}>
      <div className={styles.stack}>
        <span>{t('waitsWhy')}</span>
        {canApprove ? (
          <>
            <Textarea
              label={t('remark')}
              autosize
              minRows={2}
              value={comment}
              onChange={(event) => setComment(event.currentTarget.value)}
            />
            <Problems messages={messages} />
            <div className={styles.actions}>
              <Button
                loading={isApproving}
                disabled={plan.digest === null}
                onClick={() =>
                  void approve({ id: plan.id, digest: plan.digest ?? '', comment: remark }).then((data) =>
                    setMessages(messagesOf(data?.planApprove?.userErrors)),
                  )
                }
              >
                {t('approve')}
              </Button>
              <Button
                variant="default"
                c="var(--bad)"
                loading={isRejecting}
                onClick={() =>
                  void reject({ id: plan.id, comment: remark }).then((data) =>
                    setMessages(messagesOf(data?.planReject?.userErrors)),
                  )
                }
              >
                {t('reject')}
              </Button>
            </div>
          </>
        ) : (
          <span className={styles.dim}>{t('mayNot')}</span>
        )}
      </div>
    </Panel>
  );
}
