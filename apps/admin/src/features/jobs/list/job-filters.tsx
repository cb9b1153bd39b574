import { useQuery } from '@apollo/client/react';
import { NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { SidesQuery } from '../../../domain/connection/sides.js';
import { jobStateWord } from '../../../domain/job/job-tags.js';
import { OFFERED_TYPES, typeLabel } from '../../../domain/job/transfer-types.js';
import { useSettledText } from '../../../ui/settled-text.js';
import { askedOf, STATES, type Asked } from './asked.js';
import { t } from './words.js';

const route = getRouteApi('/shell/jobs');
const REST_MS = 250;

/** What narrows the list; each choice is part of the address at once. */
export function JobFilters(): JSX.Element {
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const platforms = useQuery(SidesQuery).data?.platforms ?? [];
  const change = (part: Partial<Record<keyof Asked, string>>) =>
    void navigate({ search: (before) => askedOf({ ...before, ...part }), replace: true });
  return (
    <>
      <Text name="search" label={t('searchJobs')} placeholder={t('searchByName')} asked={asked} onChange={change} />
      <Choice
        label={t('type')}
        everything={t('anyType')}
        choices={OFFERED_TYPES.map((value) => ({ value, label: typeLabel(value) }))}
        value={asked.type}
        onChange={(type) => change({ type })}
      />
      <Choice
        label={t('platform')}
        everything={t('anyPlatform')}
        choices={platforms.map(({ key, displayName }) => ({ value: key, label: displayName }))}
        value={asked.platform}
        onChange={(platform) => change({ platform })}
      />
      <Choice
        label={t('state')}
        everything={t('anyState')}
        choices={STATES.map((value) => ({ value, label: jobStateWord(value) }))}
        value={asked.state}
        onChange={(state) => change({ state })}
      />
      <Text name="label" label={t('label')} placeholder={t('labelHint')} asked={asked} onChange={change} />
    </>
  );
}

interface TextProps {
  name: 'search' | 'label';
  label: string;
  placeholder: string;
  asked: Asked;
  onChange: (part: Partial<Record<keyof Asked, string>>) => void;
}

function Text({ name, label, placeholder, asked, onChange }: TextProps): JSX.Element {
  const { text, setText } = useSettledText(asked[name] ?? '', (settled) => onChange({ [name]: settled }), REST_MS);
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

interface ChoiceProps {
  label: string;
  /** What stands for no choice. */
  everything: string;
  choices: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string) => void;
}

const Choice = ({ label, everything, choices, value, onChange }: ChoiceProps): JSX.Element => (
  <NativeSelect
    label={label}
    data={[{ value: '', label: everything }, ...choices]}
    value={value ?? ''}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
