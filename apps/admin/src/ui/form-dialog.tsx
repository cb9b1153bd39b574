import { Button, Modal } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useRef, useState, type JSX, type ReactNode } from 'react';
import { focusFirstWrong, useFocusReturn } from './focus.js';
import { BothVersions, type FormConflict } from './form-conflict.js';
import { LeaveGuard } from './leave-guard.js';
import { Notice, Problems } from './states.js';
import styles from './ui.module.css';
import { t } from './words.js';
import '../theme/dialog.css';

/** What is wrong with a form: sentences by field, and those that belong to none. */
export interface FormProblems {
  byField: Readonly<Record<string, string>>;
  general: readonly string[];
}

/** What came of sending a form: what is wrong, or what somebody else has saved meanwhile; null once it is done. */
export type FormOutcome<Values> = FormProblems | { conflict: FormConflict<Values> } | null;

/**
 * A form in a dialog. Problems stand at their fields and the first wrong field gets the focus; Escape, the cross and a click
 * beside the dialog ask before they lose what was typed, and so does a change of page. Where somebody else has saved meanwhile,
 * both versions are shown, and one of them is gone on with.
 */
export function FormDialog<Values extends Record<string, unknown>>({
  title,
  form,
  submitLabel,
  onSubmit,
  onClose,
  size,
  children,
}: {
  title: string;
  form: UseFormReturnType<Values>;
  submitLabel: string;
  /** The caller closes the dialog once it is done. */
  onSubmit: (values: Values) => Promise<FormOutcome<Values>>;
  onClose: () => void;
  size?: string;
  children: ReactNode;
}): JSX.Element {
  useFocusReturn();
  const [isLeaving, setLeaving] = useState(false);
  const close = () => (form.isDirty() ? setLeaving(true) : onClose());
  const { element, general, isBusy, submit, conflict, settle } = useSubmit(form, onSubmit);
  return (
    <Modal
      opened
      onClose={close}
      closeOnEscape={conflict === null}
      title={title}
      size={size ?? 'md'}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <LeaveGuard isDirty={() => form.isDirty() && !isBusy} />
      <form ref={element} noValidate className={styles.stack} onSubmit={submit}>
        {children}
        <Problems messages={general} />
        {isLeaving ? (
          <Leaving onStay={() => setLeaving(false)} onLeave={onClose} />
        ) : (
          <div className={styles.formFoot}>
            <Button type="submit" loading={isBusy}>
              {submitLabel}
            </Button>
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
          </div>
        )}
      </form>
      {conflict && <BothVersions conflict={conflict} form={form} onSettled={settle} />}
    </Modal>
  );
}

function useSubmit<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  onSubmit: (values: Values) => Promise<FormOutcome<Values>>,
) {
  const element = useRef<HTMLFormElement>(null);
  const [general, setGeneral] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<FormConflict<Values> | null>(null);
  const isToShow = useRef(false);
  const showFirst = () => {
    isToShow.current = true;
  };
  useEffect(() => {
    if (!isToShow.current || isBusy) return;
    isToShow.current = false;
    focusFirstWrong(element.current);
  });
  const send = async (values: Values) => {
    setBusy(true);
    setGeneral([]);
    const outcome = await onSubmit(values).finally(() => setBusy(false));
    if (outcome === null) return;
    if ('conflict' in outcome) return setConflict(outcome.conflict);
    form.setErrors({ ...outcome.byField });
    setGeneral(outcome.general);
    showFirst();
  };
  const submit = form.onSubmit((values) => void send(values), showFirst);
  return { element, general, isBusy, submit, conflict, settle: () => setConflict(null) };
}

function Leaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }): JSX.Element {
  return (
    <Notice tone="warn" role="alert">
      <div className={styles.row}>
        <span className={styles.grow}>{t('discardQuestion')}</span>
        <Button size="xs" variant="default" autoFocus onClick={onStay}>
          {t('keepEditing')}
        </Button>
        <Button size="xs" color="red" onClick={onLeave}>
          {t('discard')}
        </Button>
      </div>
    </Notice>
  );
}
