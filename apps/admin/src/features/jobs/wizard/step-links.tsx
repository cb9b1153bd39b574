import type { JSX, ReactNode } from 'react';
import { TextLink } from '../../../ui/links.js';
import styles from '../../../ui/ui.module.css';
import type { Step } from './steps.js';

/** Address of a step; `jobId` null for a job that is not there yet, which goes on from what it began from. */
export const placeOf = (jobId: string | null, step: Step) =>
  jobId === null
    ? ({ to: '/jobs/new/$step', params: { step }, search: true } as const)
    : ({ to: '/jobs/$jobId/edit/$step', params: { jobId, step } } as const);

interface StepLinkProps {
  jobId: string | null;
  step: Step;
  /** What the link does, for those who hear it without what stands beside. */
  label?: string;
  children: ReactNode;
}

export function StepLink({ jobId, step, label, children }: StepLinkProps): JSX.Element {
  return (
    <TextLink {...placeOf(jobId, step)} aria-label={label} className={styles.small}>
      {children}
    </TextLink>
  );
}
