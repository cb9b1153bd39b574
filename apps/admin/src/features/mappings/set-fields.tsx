import { ActionIcon, Checkbox, Input, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconArrowUp } from '@tabler/icons-react';
import type { JSX } from 'react';
import styles from '../../ui/ui.module.css';
import type { Kind, Match } from './data.js';
import { MATCHES_OF, UNMAPPED } from './kinds.js';
import { moved } from './rules.js';
import { toggled, type SetValues } from './set-form.js';
import { t } from './words.js';
import '../../theme/checkbox.css';

/** The fields of a set beside its kind and platforms. */
export function SetFields<Values extends SetValues>({
  form,
  kind,
}: {
  form: UseFormReturnType<Values>;
  kind: Kind;
}): JSX.Element {
  const { unmapped, automaticMatches } = form.getValues();
  const setMatches = (matches: Match[]) => form.setFieldValue('automaticMatches', matches as never);
  return (
    <>
      <TextInput label={t('name')} withAsterisk maxLength={200} data-autofocus {...form.getInputProps('name')} />
      <MatchOrder kind={kind} matches={automaticMatches} onChange={setMatches} />
      <NativeSelect
        label={t('unmappedName')}
        description={t('unmappedHelp')}
        data={UNMAPPED.map((value) => ({ value, label: t(`unmapped.${value}`) }))}
        {...form.getInputProps('unmapped')}
      />
      {unmapped === 'USE_DEFAULT' && (
        <TextInput
          label={t('defaultTarget')}
          description={t('defaultTargetHelp')}
          withAsterisk
          maxLength={1000}
          {...form.getInputProps('defaultTarget')}
        />
      )}
      <Textarea
        label={t('exclusions')}
        description={t('exclusionsHelp')}
        rows={4}
        {...form.getInputProps('exclusions')}
      />
    </>
  );
}

/** The chosen matches in their order, then the others. */
function MatchOrder({
  kind,
  matches,
  onChange,
}: {
  kind: Kind;
  matches: readonly Match[];
  onChange: (matches: Match[]) => void;
}): JSX.Element {
  const others = MATCHES_OF[kind].filter((match) => !matches.includes(match));
  return (
    <Input.Wrapper label={t('matches')} description={t('matchesHelp')} labelElement="div">
      <ul className={styles.plainRows}>
        {[...matches, ...others].map((match, place) => (
          <li key={match} className={styles.row}>
            <Checkbox
              label={t.known('match', match) ?? match}
              checked={matches.includes(match)}
              onChange={() => onChange(toggled(matches, match))}
            />
            {place > 0 && place < matches.length && (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('earlier', { match: t.known('match', match) ?? match })}
                onClick={() => onChange(moved(matches, place, -1))}
              >
                <IconArrowUp size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </Input.Wrapper>
  );
}
