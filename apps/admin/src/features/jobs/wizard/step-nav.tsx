import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps, JSX } from 'react';
import { t } from './words.js';
import { placeOf } from './step-links.js';
import type { Step } from './steps.js';
import styles from './wizard.module.css';

const NavLink = createLink(function NavAnchor(props: ComponentProps<'a'>): JSX.Element {
  return <a {...props} className={styles.step} />;
});

interface StepNavProps {
  jobId: string | null;
  steps: readonly Step[];
  current: Step;
  /** Steps that show a field with which something is wrong. */
  wrong: readonly Step[];
  /** Asked before one goes to a later step; false where the step that is shown is not ready. */
  mayGoOn: () => boolean;
}

/** All steps as links, each with how far it is. */
export function StepNav({ jobId, steps, current, wrong, mayGoOn }: StepNavProps): JSX.Element {
  const at = steps.indexOf(current);
  return (
    <nav aria-label={t('steps')}>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step}>
            <NavLink
              {...placeOf(jobId, step)}
              aria-current={step === current ? 'step' : undefined}
              data-is={wrong.includes(step) ? 'wrong' : index < at ? 'done' : undefined}
              onClick={(event) => {
                if (index > at && !mayGoOn()) event.preventDefault();
              }}
            >
              <Mark number={index + 1} isWrong={wrong.includes(step)} isDone={index < at} />
              {t(`step.${step}`)}
            </NavLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Mark({ number, isWrong, isDone }: { number: number; isWrong: boolean; isDone: boolean }): JSX.Element {
  if (isWrong) {
    return (
      <span className={styles.number}>
        <IconAlertTriangle size={14} aria-label={t('notReady')} />
      </span>
    );
  }
  return <span className={styles.number}>{isDone ? <IconCheck size={14} aria-hidden /> : number}</span>;
}
