import { IconCircleCheck } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { ButtonLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import styles from './overview.module.css';

/** The way to the first transfer; a step that is done says so. */
export function FirstSteps({ connections, jobs }: { connections: number; jobs: number }): JSX.Element {
  const hasBoth = connections >= 2;
  return (
    <Panel title="Set up your first transfer">
      <ol className={styles.steps}>
        <Step
          title="Add two connections"
          isDone={hasBoth}
          action={
            <ButtonLink to="/connections/new" variant={hasBoth ? 'default' : 'filled'} size="xs">
              Add connection
            </ButtonLink>
          }
        >
          The folder or share to read from, and the Procore project to write to.
        </Step>
        <Step
          title="Create a job"
          isDone={jobs > 0}
          action={
            <ButtonLink
              to="/jobs/new"
              variant={hasBoth && jobs === 0 ? 'filled' : 'default'}
              size="xs"
              disabled={connections === 0}
            >
              New job
            </ButtonLink>
          }
        >
          It says what is copied from where to where, and what happens in doubtful cases.
        </Step>
        <Step
          title="Look at the plan, then run it"
          isDone={false}
          action={
            <ButtonLink to="/jobs" variant={jobs > 0 ? 'filled' : 'default'} size="xs" disabled={jobs === 0}>
              Go to the jobs
            </ButtonLink>
          }
        >
          A plan shows each step and the calls it costs before anything is written.
        </Step>
      </ol>
    </Panel>
  );
}

function Step({
  title,
  isDone,
  action,
  children,
}: {
  title: string;
  isDone: boolean;
  action: ReactNode;
  children: ReactNode;
}): JSX.Element {
  return (
    <li className={styles.step}>
      <div className={styles.text}>
        <strong>
          {title}
          {isDone && (
            <span className={styles.done}>
              <IconCircleCheck size={16} aria-hidden /> Done
            </span>
          )}
        </strong>
        <span>{children}</span>
      </div>
      {action}
    </li>
  );
}
