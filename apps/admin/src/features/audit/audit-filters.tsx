import { Select, TextInput } from '@mantine/core';
import type { EnumOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { useActors } from './data.js';
import type { Asked } from './filter.js';
import { t } from './words.js';
import { words } from './words.en.js';

const ACTIONS = Object.keys(words.action) as (keyof typeof words.action)[];
const OUTCOMES = Object.keys(words.outcome) as EnumOf<'AuditOutcome'>[];

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
  return (
    <>
      <WhoSelect value={asked.who} onChange={(who) => onChange({ who })} />
      <Select
        label={t('what')}
        placeholder={t('anything')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('anything') }}
        data={ACTIONS.map((action) => ({ value: action, label: t(`action.${action}`) }))}
        value={asked.what ?? null}
        onChange={(what) => onChange({ what: what ?? undefined })}
      />
      <Select
        label={t('outcomeName')}
        placeholder={t('anyOutcome')}
        clearable
        clearButtonProps={{ 'aria-label': t('anyOutcome') }}
        data={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
        value={asked.outcome ?? null}
        onChange={(value) => onChange({ outcome: OUTCOMES.find((outcome) => outcome === value) })}
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
  const people = users.map(({ id, displayName, login }) => ({ value: id, label: `${displayName} (${login})` }));
  const systems = tokens.map(({ id, displayName, prefix }) => ({ value: id, label: `${displayName} (${prefix}…)` }));
  return (
    <Select
      label={t('who')}
      placeholder={t('anyone')}
      searchable
      clearable
      limit={100}
      clearButtonProps={{ 'aria-label': t('anyone') }}
      data={[
        { group: t('people'), items: people },
        { group: t('systems'), items: systems },
      ]}
      value={value ?? null}
      onChange={(who) => onChange(who ?? undefined)}
    />
  );
}
