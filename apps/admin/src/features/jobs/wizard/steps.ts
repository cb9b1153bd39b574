import { isTransfer } from '../../../domain/job/transfer-types.js';

/** Steps of the way to a job, in their order; each is an address. */
export const STEPS = ['type', 'locations', 'policies', 'mappings', 'filters', 'schedule', 'summary'] as const;
export type Step = (typeof STEPS)[number];

export const isStep = (text: string): text is Step => STEPS.some((step) => step === text);

/** Steps for a type of transfer; a scan writes nothing, so that there is nothing to map. */
export const stepsOf = (type: string): Step[] => STEPS.filter((step) => step !== 'mappings' || isTransfer(type));

/** The step that is shown for an address: the next one where the type has none of this name. */
export const stepAt = (asked: Step, type: string): Step =>
  stepsOf(type).find((step) => STEPS.indexOf(step) >= STEPS.indexOf(asked)) ?? 'summary';

const FIRST_PARTS: readonly (readonly [string, Step])[] = [
  ['transferType', 'type'],
  ['source', 'locations'],
  ['destination', 'locations'],
  ['policies.bandwidth', 'schedule'],
  ['policies', 'policies'],
  ['approval', 'policies'],
  ['mappingSetIds', 'mappings'],
  ['rules', 'filters'],
  ['schedule', 'schedule'],
];

/** The step that shows a field, such as `policies.retries`; the summary for those that it shows, and for none. */
export const stepOfField = (path: string | null): Step =>
  FIRST_PARTS.find(([part]) => path === part || path?.startsWith(`${part}.`))?.[1] ?? 'summary';

/** Those problems whose fields a step shows. */
export const problemsOf = (problems: Readonly<Record<string, string>>, step: Step): Record<string, string> =>
  Object.fromEntries(Object.entries(problems).filter(([path]) => stepOfField(path) === step));
