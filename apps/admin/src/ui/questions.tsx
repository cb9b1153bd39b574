import { modals, ModalsProvider } from '@mantine/modals';
import { useRouter } from '@tanstack/react-router';
import { useEffect, type JSX, type ReactNode } from 'react';
import { questions, type Outcome, type Question } from './confirm.js';
import { useFocusReturn } from './focus.js';
import { Problems } from './states.js';
import styles from './ui.module.css';
import { t } from './words.js';
import '../theme/dialog.css';

/** Where questions appear that are asked by `confirm`; they go with the page that asked. */
export function Questions(): JSX.Element {
  const router = useRouter();
  useEffect(
    () => router.subscribe('onBeforeNavigate', ({ pathChanged }) => pathChanged && modals.closeAll()),
    [router],
  );
  useEffect(() => questions.begin(ask), []);
  return (
    <ModalsProvider
      modalProps={{
        // The question itself gives the focus back, also where what opened it is gone.
        returnFocus: false,
        transitionProps: { duration: 0 },
        closeButtonProps: { 'aria-label': t('close') },
      }}
    />
  );
}

const ask = (question: Question): void => show(modals.openConfirmModal({ onClose: question.onClose }), question, []);

function show(modalId: string, question: Question, problems: readonly string[], isBusy = false): void {
  const { title, children, action, isPlain = false } = question;
  modals.updateModal({
    modalId,
    title,
    children: <Asked problems={problems}>{children}</Asked>,
    labels: { cancel: question.keep ?? t(isPlain ? 'cancel' : 'keep'), confirm: action },
    cancelProps: { 'data-autofocus': true },
    confirmProps: { color: isPlain ? undefined : 'red', loading: isBusy },
    closeOnConfirm: false,
    onConfirm: () => void carryOut(modalId, question),
  });
}

async function carryOut(modalId: string, question: Question): Promise<void> {
  show(modalId, question, [], true);
  let outcome: Outcome = [];
  try {
    outcome = await question.onConfirm();
  } finally {
    if (outcome === null) modals.close(modalId);
    else if ('onConfirm' in outcome) show(modalId, outcome, []);
    else show(modalId, question, outcome);
  }
}

function Asked({ problems, children }: { problems: readonly string[]; children: ReactNode }): JSX.Element {
  useFocusReturn();
  return (
    <div className={styles.stack}>
      {children}
      <Problems messages={problems} />
    </div>
  );
}
