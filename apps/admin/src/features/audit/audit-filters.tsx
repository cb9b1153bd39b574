import { NativeSelect, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { wordOf } from '../../ui/format.js';
import { useActors } from './data.js';
import { OUTCOMES, type Asked } from './filter.js';
import { t } from './words.js';

/** What narrows the log; each choice is part of the address at once. */
export function AuditFilters({
  asked,
  onChange,
}: {
  asked: Asked;
  onChange: (part: Partial<Asked>) => void;
}): JSX.Element {
  const day = (key: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(key)}
      value={asked[key] ?? ''}
      onChange={(event) => onChange({ [key]: event.currentTarget.value || undefined })}
    />
  );
  const actions = t
    .valuesOf('action')
    .map((action) => ({ value: action, label: t.known('action', action) ?? wordOf(action) }));
  const outcomes = OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }));
  return (
    <>
      <WhoSelect value={asked.who} onChange={(who) => onChange({ who })} />
      <NativeSelect
        label={t('what')}
        data={[
          { value: '', label: t('anything') },
          ...actions.sort((one, other) => one.label.localeCompare(other.label)),
        ]}
        value={asked.what ?? ''}
        onChange={(event) => onChange({ what: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('outcomeName')}
        data={[{ value: '', label: t('anyOutcome') }, ...outcomes]}
        value={asked.outcome ?? ''}
        onChange={({ currentTarget }) => onChange({ outcome: OUTCOMES.find((one) => one === currentTarget.value) })}
      />
      {day('from')}
      {day('to')}
    </>
  );
}

function WhoSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (who: string | undefined) => void;
}): JSX.Element {
  const { users, tokens } = useActors();
  const groups = [
    {
      group: t('people'),
      items: users.map(({ id, displayName, login }) => ({ value: id, label: `${displayName} (${login})` })),
    },
    {
      group: t('systems'),
      items: tokens.map(({ id, displayName, prefix }) => ({ value: id, label: `${displayName} (${prefix}…)` })),
    },
  ].filter(({ items }) => items.length > 0);
  return (
    <NativeSelect
      label={t('who')}
      data={[{ value: '', label: t('anyone') }, ...groups]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
