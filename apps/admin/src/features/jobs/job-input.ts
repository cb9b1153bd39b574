import type { VariablesOf } from '@sluice/client/graphql';
import type { JobCreate, JobData, JobUpdate, Policies } from './data.js';
import { checkLimits, limitInputs, limitValues, type LimitValues } from './bandwidth-values.js';
import { changedPolicies, type PolicyName } from './policies/policies.js';
import { hasContents, isOffered, isTransfer, type OfferedType } from '../../domain/job/transfer-types.js';
import { ruleInputs, ruleValues, type RuleValues } from './rule-values.js';
import { checkSchedule, scheduleInput, scheduleValues, type ScheduleValues } from './schedule-values.js';
import { isUsed } from './policies/used-policies.js';
import { t } from './words.js';

export interface LocationValues {
  connectionId: string;
  path: string;
}

export interface JobValues {
  /** Null while the job is called after its places. */
  name: string | null;
  description: string;
  transferType: string;
  source: LocationValues;
  destination: LocationValues;
  rules: RuleValues;
  policies: Policies;
  /** When a person has to approve what a run would do. */
  approval: JobData['approval'];
  /** Mapping sets in their order. */
  mappingSetIds: string[];
  bandwidth: LimitValues[];
  schedule: ScheduleValues;
}

type CreateInput = VariablesOf<typeof JobCreate>['input'];
type UpdateInput = VariablesOf<typeof JobUpdate>['input'];

/** The policies that a job of each type begins with. */
export type PolicyDefaults = Readonly<Record<OfferedType, Policies>>;

export function newJobValues(defaults: PolicyDefaults): JobValues {
  const place = { connectionId: '', path: '/' };
  return {
    name: null,
    description: '',
    transferType: 'COPY',
    source: place,
    destination: { ...place },
    rules: ruleValues([]),
    policies: { ...defaults.COPY },
    approval: 'NEVER',
    mappingSetIds: [],
    bandwidth: [],
    schedule: scheduleValues(null),
  };
}

export function savedJobValues(job: JobData): JobValues {
  const { bandwidth, ...policies } = job.policies;
  const place = (location: JobData['source'] | null) => ({
    connectionId: location?.connection?.id ?? '',
    path: location?.path ?? '/',
  });
  return {
    name: job.name,
    description: job.description ?? '',
    transferType: job.transferType,
    source: place(job.source),
    destination: place(job.destination),
    rules: ruleValues(job.rules),
    policies,
    approval: job.approval,
    mappingSetIds: job.mappingSets.map(({ id }) => id),
    bandwidth: limitValues(bandwidth),
    schedule: scheduleValues(job.schedule),
  };
}

/** A path from the root: one leading slash, none at the end, none doubled. */
export function normalPath(text: string): string {
  return `/${text.trim().split('/').filter(Boolean).join('/')}`;
}

function location({ connectionId, path }: LocationValues): CreateInput['source'] {
  const normal = normalPath(path);
  return normal === '/' ? { connectionId } : { connectionId, at: { path: normal } };
}

/** The values with another type: what was chosen of policies stays as far as that type uses it. */
export function withType(values: JobValues, type: OfferedType, defaults: PolicyDefaults): JobValues {
  const chosen = Object.entries(changedPolicies(defaultsOf(values, defaults), values.policies));
  const kept = Object.fromEntries(chosen.filter(([name]) => isUsed(type, name as PolicyName)));
  const bandwidth = hasContents(type) ? values.bandwidth : [];
  const mappingSetIds = isTransfer(type) ? values.mappingSetIds : [];
  const approval = isTransfer(type) ? values.approval : 'NEVER';
  return {
    ...values,
    transferType: type,
    bandwidth,
    mappingSetIds,
    approval,
    policies: { ...defaults[type], ...kept },
  };
}

/** A saved job may have a type that this page does not know: then all its policies count as chosen before. */
export const defaultsOf = ({ transferType, policies }: JobValues, defaults: PolicyDefaults): Policies =>
  isOffered(transferType) ? defaults[transferType] : policies;

const nameOf = ({ name }: JobValues) => (name ?? '').trim();

/** Input of a new job; policies at their default are left out. */
export function createInput(values: JobValues, defaults: PolicyDefaults): CreateInput {
  const bandwidth = limitInputs(values.bandwidth);
  const policies = {
    ...changedPolicies(defaultsOf(values, defaults), values.policies),
    ...(bandwidth.length === 0 ? {} : { bandwidth }),
  };
  const rules = ruleInputs(values.rules);
  const schedule = scheduleInput(values.schedule);
  return {
    name: nameOf(values),
    ...(values.description.trim() === '' ? {} : { description: values.description.trim() }),
    transferType: values.transferType as CreateInput['transferType'],
    source: location(values.source),
    ...(isTransfer(values.transferType) ? { destination: location(values.destination) } : {}),
    ...(rules.length === 0 ? {} : { rules }),
    ...(Object.keys(policies).length === 0 ? {} : { policies }),
    ...(values.approval === 'NEVER' ? {} : { approval: values.approval }),
    ...(values.mappingSetIds.length === 0 ? {} : { mappingSetIds: values.mappingSetIds }),
    ...(schedule === null ? {} : { schedule }),
  };
}

/** Input with what differs from the saved job; places are sent only when they changed. */
export function updateInput(values: JobValues, saved: JobValues): UpdateInput {
  const isMoved = (side: 'source' | 'destination') =>
    values[side].connectionId !== saved[side].connectionId ||
    normalPath(values[side].path) !== normalPath(saved[side].path);
  const bandwidth = limitInputs(values.bandwidth);
  const isLimitedAnew = JSON.stringify(bandwidth) !== JSON.stringify(limitInputs(saved.bandwidth));
  const policies = { ...changedPolicies(saved.policies, values.policies), ...(isLimitedAnew ? { bandwidth } : {}) };
  const rules = ruleInputs(values.rules);
  const schedule = scheduleInput(values.schedule);
  const isRescheduled = JSON.stringify(schedule) !== JSON.stringify(scheduleInput(saved.schedule));
  const areMappedAnew = JSON.stringify(values.mappingSetIds) !== JSON.stringify(saved.mappingSetIds);
  const areOthers = JSON.stringify(rules) !== JSON.stringify(ruleInputs(saved.rules));
  return {
    name: nameOf(values),
    description: values.description.trim() || null,
    ...(isMoved('source') ? { source: location(values.source) } : {}),
    ...(isMoved('destination') ? { destination: location(values.destination) } : {}),
    ...(areOthers ? { rules } : {}),
    ...(Object.keys(policies).length === 0 ? {} : { policies }),
    ...(values.approval === saved.approval ? {} : { approval: values.approval }),
    ...(areMappedAnew ? { mappingSetIds: values.mappingSetIds } : {}),
    ...(isRescheduled ? { schedule } : {}),
  };
}

/** What keeps the form from being sent, by field. */
export function checkJob(values: JobValues): Record<string, string> {
  const problems: Record<string, string> = {};
  if (values.source.connectionId === '') problems['source.connectionId'] = t('giveSource');
  if (isTransfer(values.transferType) && values.destination.connectionId === '')
    problems['destination.connectionId'] = t('giveDestination');
  if (nameOf(values) === '') problems.name = t('giveName');
  return { ...problems, ...checkLimits(values.bandwidth), ...checkSchedule(values.schedule) };
}
