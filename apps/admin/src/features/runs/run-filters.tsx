import { NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { OFFERED_TYPES, typeLabel } from '../../domain/job/transfer-types.js';
import { ALL_STATES, stateOf, triggerWord } from '../../domain/run/run-tags.js';
import { lazily } from '../../ui/lazily.js';
import { runsAskedOf, type RunsAsked } from './asked.js';
import { ACTIVE, TRIGGERS } from './list-filter.js';
import { t } from './words.js';

const JobSelect = lazily(async () => (await import('./job-select.js')).JobSelect);

const route = getRouteApi('/shell/runs');

/** What narrows the list; each choice is part of the address at once. */
export function RunFilters(): JSX.Element {
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: Partial<Record<keyof RunsAsked, string>>) =>
    void navigate({ search: (before) => runsAskedOf({ ...before, ...part }), replace: true });
  const choice = (name: 'state' | 'type' | 'trigger', label: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      data={data}
      value={asked[name] ?? ''}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
    />
  );
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(name === 'from' ? 'fromDay' : 'toDay')}
      value={asked[name] ?? ''}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
    />
  );
  return (
    <>
      <JobSelect value={asked.job ?? null} onChange={(job) => change({ job: job ?? '' })} />
      {choice('state', t('state'), [
        { value: '', label: t('anyState') },
        { value: ACTIVE, label: t('inProgress') },
        ...ALL_STATES.map((value) => ({ value, label: stateOf(value).label })),
      ])}
      {choice('type', t('type'), [
        { value: '', label: t('anyType') },
        ...OFFERED_TYPES.map((value) => ({ value, label: typeLabel(value) })),
      ])}
      {choice('trigger', t('trigger'), [
        { value: '', label: t('anyTrigger') },
        ...TRIGGERS.map((value) => ({ value, label: triggerWord(value) })),
      ])}
      {day('from')}
      {day('to')}
    </>
  );
}
