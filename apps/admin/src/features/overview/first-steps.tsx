import { IconCircleCheck } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { ButtonLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import styles from './overview.module.css';
import { t } from './words.js';

/** The way to the first transfer; a step that is done says so. */
export function FirstSteps({ connections, jobs }: { connections: number; jobs: number }): JSX.Element {
  const hasBoth = connections >= 2;
  return (
    <Panel title={t('firstSteps')}>
      <ol className={styles.steps}>
        <Step
          title={t('addTwo')}
          isDone={hasBoth}
          action={
            <ButtonLink to="/connections/new" variant={hasBoth ? 'default' : 'filled'} size="xs">
              {t('addConnection')}
            </ButtonLink>
          }
        >
          {t('addTwoWhy')}
        </Step>
        <JobStep connections={connections} jobs={jobs} />
        <RunStep jobs={jobs} />
      </ol>
    </Panel>
  );
}

function JobStep({ connections, jobs }: { connections: number; jobs: number }): JSX.Element {
  const isNext = connections >= 2 && jobs === 0;
  return (
    <Step
      title={t('createJob')}
      isDone={jobs > 0}
      action={
        <ButtonLink to="/jobs/new" variant={isNext ? 'filled' : 'default'} size="xs" disabled={connections === 0}>
          {t('newJob')}
        </ButtonLink>
      }
    >
      {t('createJobWhy')}
    </Step>
  );
}

function RunStep({ jobs }: { jobs: number }): JSX.Element {
  return (
    <Step
      title={t('lookAndRun')}
      isDone={false}
      action={
        <ButtonLink to="/jobs" variant={jobs > 0 ? 'filled' : 'default'} size="xs" disabled={jobs === 0}>
          {t('goToJobs')}
        </ButtonLink>
      }
    >
      {t('lookAndRunWhy')}
    </Step>
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
              <IconCircleCheck size={16} aria-hidden /> {t('done')}
            </span>
          )}
        </strong>
        <span>{children}</span>
      </div>
      {action}
    </li>
  );
}
