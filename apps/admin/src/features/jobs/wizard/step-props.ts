import type { JobValues } from '../job-input.js';
import type { Basis } from './basis.js';

/** What every step is given. */
export interface StepProps {
  values: JobValues;
  /** Messages by field, such as `source.connectionId`. */
  errors: Readonly<Record<string, string>>;
  basis: Basis;
  /** Whether the job is there already; it keeps its type. */
  isSaved: boolean;
  onChange: (changes: Partial<JobValues>) => void;
}
