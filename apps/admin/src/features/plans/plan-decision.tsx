import { Button, Modal, Textarea } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { graphql } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { useFocusReturn } from '../../ui/focus.js';
import { messagesOf, Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import type { PlanData } from './data.js';
import { t } from './words.js';
import '../../theme/dialog.css';

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

interface DialogProps {
  plan: PlanData;
  decision: 'approve' | 'reject';
  onClose: () => void;
}

/** Sends the decision with a remark, and says what was refused. */
function useDecision({ plan, decision, onClose }: DialogProps) {
  const [messages, setMessages] = useState<string[]>([]);
  const [approve, isApproving] = useAction(PlanApprove);
  const [reject, isRejecting] = useAction(PlanReject);
  const decide = async (remark: string) => {
    const comment = remark.trim() || null;
    const payload =
      decision === 'approve'
        ? (await approve({ id: plan.id, digest: plan.digest ?? '', comment }))?.planApprove
        : (await reject({ id: plan.id, comment }))?.planReject;
    setMessages(messagesOf(payload?.userErrors));
    if (payload?.plan) onClose();
  };
  return { decide, messages, isBusy: isApproving || isRejecting };
}

/** Asks for a remark on the decision, and decides. */
export function DecisionDialog(props: DialogProps): JSX.Element {
  const { decision, onClose } = props;
  useFocusReturn();
  const [comment, setComment] = useState('');
  const { decide, messages, isBusy } = useDecision(props);
  return (
    <Modal opened onClose={onClose} title={t(decision)} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={styles.stack}>
        <span>{t(decision === 'approve' ? 'approveWhat' : 'rejectWhat')}</span>
        <Textarea
          label={t('remark')}
          autosize
          minRows={2}
          data-autofocus
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Problems messages={messages} />
        <div className={styles.formFoot}>
          <Button
            loading={isBusy}
            color={decision === 'reject' ? 'red' : undefined}
            onClick={() => void decide(comment)}
          >
            {t(decision)}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('back')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
