import { NativeSelect, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { wordOf } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { useActors } from './data.js';
import { OUTCOMES, type Asked } from './filter.js';
import { t } from './words.js';

const WhoSearch = lazily(async () => (await import('./who-search.js')).WhoSearch);

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

interface WhoProps {
  value: string | undefined;
  onChange: (who: string | undefined) => void;
}

/** Who it was: from a plain list while all people fit in one, else by a part of the name, which the server searches for. */
function WhoSelect({ value, onChange }: WhoProps): JSX.Element {
  const { people, tokens, isMore } = useActors();
  const systems = tokens.length > 0 ? [{ group: t('systems'), items: tokens }] : [];
  if (isMore) return <WhoSearch systems={systems} value={value} onChange={onChange} />;
  const groups = people.length > 0 ? [{ group: t('people'), items: people }, ...systems] : systems;
  return (
    <NativeSelect
      label={t('who')}
      data={[{ value: '', label: t('anyone') }, ...groups]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
