import { isTransfer, typeLabel } from '../../../domain/job/transfer-types.js';
import { limitWords } from '../bandwidth-values.js';
import { defaultsOf, normalPath, type JobValues, type LocationValues } from '../job-input.js';
import { approvalRows } from '../policies/approval.js';
import { policyDifferences } from '../policies/policies.js';
import { ruleInputs } from '../rule-values.js';
import { scheduleWords } from '../schedule-facts.js';
import { t } from './words.js';
import type { Basis } from './basis.js';
import type { Step } from './steps.js';

/** A part of a job in words, and the step where it is changed. */
export interface Told {
  step: Step;
  label: string;
  text: string;
}

type Names = Pick<Basis, 'defaults' | 'connections'> & { mappingSets: readonly { id: string; name: string }[] };

const nameOf = (known: readonly { id: string; name: string }[], id: string) =>
  known.find((one) => one.id === id)?.name ?? t('unknownName');

/** What a job is called until somebody gives it a name: after its places. */
export function proposedName(
  { source, destination, transferType }: JobValues,
  { connections }: Pick<Basis, 'connections'>,
): string {
  const names = [source, ...(isTransfer(transferType) ? [destination] : [])].map(
    ({ connectionId }) => connections.find(({ id }) => id === connectionId)?.name ?? null,
  );
  const [from, to] = names;
  if (!from || to === null) return '';
  return to === undefined ? t('scanOf', { from }) : t('fromTo', { from, to });
}

function place({ connectionId, path }: LocationValues, { connections }: Names): string {
  return connectionId === ''
    ? t('none')
    : t('place', { connection: nameOf(connections, connectionId), path: normalPath(path) });
}

function filterWords({ rules }: JobValues): string {
  const { only, without, others } = rules;
  const patterns = [
    ...(without.trim() === '' ? [] : [t('leavesOut', { patterns: without.trim().split('\n').join(', ') })]),
    ...(only.trim() === '' ? [] : [t('copiesOnly', { patterns: only.trim().split('\n').join(', ') })]),
    ...(others.length === 0 ? [] : [t('moreFilters', { count: others.length })]),
  ];
  return ruleInputs(rules).length === 0 ? t('everything') : patterns.join('. ');
}

function policyRows(values: JobValues, { defaults }: Names): Told[] {
  const changed = policyDifferences(defaultsOf(values, defaults), values.policies, values.transferType);
  const approval = approvalRows(values.approval);
  const rows =
    changed.length + approval.length === 0 ? [[t('policies'), t('allDefault')] as const] : [...changed, ...approval];
  return rows.map(([label, text]) => ({ step: 'policies', label, text }));
}

/** All parts of a job in the order of the steps. */
export function tellJob(values: JobValues, names: Names): Told[] {
  const isFull = isTransfer(values.transferType);
  const sets = values.mappingSetIds.map((id) => nameOf(names.mappingSets, id));
  return [
    { step: 'type', label: t('type'), text: typeLabel(values.transferType) },
    { step: 'locations', label: t('source'), text: place(values.source, names) },
    ...(isFull
      ? [{ step: 'locations', label: t('destination'), text: place(values.destination, names) } as const]
      : []),
    ...policyRows(values, names),
    ...(isFull ? [{ step: 'mappings', label: t('mappings'), text: sets.join(', ') || t('none') } as const] : []),
    { step: 'filters', label: t('filters'), text: filterWords(values) },
    ...scheduleWords(values.schedule).map(([label, text]) => ({ step: 'schedule', label, text }) as const),
    { step: 'schedule', label: t('bandwidth'), text: values.bandwidth.map(limitWords).join('; ') || t('noLimit') },
  ];
}

/** Where two versions of a job differ, in words. */
export function toldDifferences(
  mine: JobValues,
  theirs: JobValues,
  names: Names,
): { label: string; mine: string; theirs: string }[] {
  const full = (values: JobValues) =>
    new Map([
      [t('name'), values.name ?? ''],
      ...tellJob(values, names)
        // That all policies are at their defaults is no part of a job.
        .filter(({ label }) => label !== t('policies'))
        .map(({ label, text }) => [label, text] as const),
      [t('remark'), values.description || t('none')],
    ]);
  const [here, there] = [full(mine), full(theirs)];
  return [...new Set([...here.keys(), ...there.keys()])]
    .map((label) => ({ label, mine: here.get(label) || t('asDefault'), theirs: there.get(label) || t('asDefault') }))
    .filter((row) => row.mine !== row.theirs);
}
