import { NativeSelect } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import styles from '../../ui/ui.module.css';
import { SetCreate } from './changes.js';
import type { Kind, Platform, PlatformKey } from './data.js';
import { KINDS, MATCHES_OF } from './kinds.js';
import { SetFields } from './set-fields.js';
import { NEW_SET, setChecks, setInput, type SetValues } from './set-form.js';
import { t } from './words.js';

interface Values extends SetValues {
  kind: Kind;
  sourcePlatform: PlatformKey;
  destinationPlatform: PlatformKey;
}

/** Adds a set, and leads to it. */
export function NewSetDialog({
  platforms: [first, ...others],
  kind,
  onClose,
}: {
  platforms: readonly [Platform, ...Platform[]];
  kind: Kind | null;
  onClose: () => void;
}): JSX.Element {
  const [create] = useAction(SetCreate);
  const navigate = useNavigate();
  const form = useForm<Values>({
    initialValues: {
      ...NEW_SET,
      kind: kind ?? 'METADATA',
      sourcePlatform: first.key,
      destinationPlatform: first.key,
    },
    validate: setChecks,
  });
  const submit = async (values: Values) => {
    const { kind: chosen, sourcePlatform, destinationPlatform } = values;
    const fitting = values.automaticMatches.filter((match) => MATCHES_OF[chosen].includes(match));
    const input = setInput({ ...values, automaticMatches: fitting });
    const made = { kind: chosen, sourcePlatform, destinationPlatform, input, key: newKey() };
    const payload = (await create(made))?.mappingSetCreate;
    if (!payload?.mappingSet) return sortProblems(payload?.userErrors ?? [], (path) => path in values);
    onClose();
    await navigate({ to: '/mappings/$mappingSetId', params: { mappingSetId: payload.mappingSet.id } });
    return null;
  };
  const choices = [first, ...others].map(({ key, displayName }) => ({ value: key, label: displayName }));
  return (
    <FormDialog title={t('add')} form={form} submitLabel={t('add')} onSubmit={submit} onClose={onClose} size="lg">
      <div className={styles.fields}>
        <NativeSelect
          label={t('kindName')}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          {...form.getInputProps('kind')}
        />
        <NativeSelect label={t('from')} data={choices} {...form.getInputProps('sourcePlatform')} />
        <NativeSelect label={t('to')} data={choices} {...form.getInputProps('destinationPlatform')} />
      </div>
      <SetFields form={form} kind={form.getValues().kind} />
    </FormDialog>
  );
}
