import { Button, Modal } from '@mantine/core';
import type { JSX } from 'react';
import { CopyText } from './copy.js';
import { useFocusReturn } from './focus.js';
import { Notice } from './states.js';
import styles from './ui.module.css';
import '../theme/dialog.css';

const SECRET_ID = 'one-time-secret';

/** Shows a secret, once. Only its own button closes it: neither Escape nor a click beside it loses the text. */
export function SecretDialog({
  title,
  warning,
  label,
  text,
  copyLabel,
  doneLabel,
  onDone,
}: {
  title: string;
  warning: string;
  label: string;
  text: string;
  copyLabel: string;
  doneLabel: string;
  onDone: () => void;
}): JSX.Element {
  useFocusReturn();
  return (
    <Modal
      opened
      onClose={onDone}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={styles.stack}>
        <Notice tone="warn">{warning}</Notice>
        <code id={SECRET_ID} aria-label={label} role="textbox" aria-readonly tabIndex={0} className={styles.secret}>
          {text}
        </code>
        <div className={styles.formFoot}>
          <CopyText text={text} sourceId={SECRET_ID} label={copyLabel} />
          <Button onClick={onDone}>{doneLabel}</Button>
        </div>
      </div>
    </Modal>
  );
}
