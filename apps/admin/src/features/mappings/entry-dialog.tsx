import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import styles from '../../ui/ui.module.css';
import { EntriesUpsert } from './changes.js';
import type { Entry, SetPage } from './data.js';
import { NameField } from './name-field.js';
import { t } from './words.js';

interface Values extends Record<string, unknown> {
  sourceKey: string;
  destinationKey: string;
}

interface DialogProps {
  page: SetPage;
  entry: Entry | null;
  onClose: () => void;
}

const useEntryForm = (entry: Entry | null) =>
  useForm<Values>({
    initialValues: { sourceKey: entry?.sourceKey ?? '', destinationKey: entry?.destinationKey ?? '' },
    validate: {
      sourceKey: (name) => (name.trim() === '' ? t('giveSource') : null),
      destinationKey: (name) => (name.trim() === '' ? t('giveDestination') : null),
    },
  });

function useSubmit({ set, again }: SetPage, onClose: () => void) {
  const [upsert] = useAction(EntriesUpsert);
  return async (values: Values) => {
    const payload = (await upsert({ id: set.id, entries: [values] }))?.mappingEntriesUpsert;
    if (!payload?.mappingSet) return problemsOf(payload?.userErrors ?? []);
    again();
    onClose();
    return null;
  };
}

/** Adds an entry, or changes the target of one: its name at the source says which it is. */
export function EntryDialog({ page, entry, onClose }: DialogProps): JSX.Element {
  const { set } = page;
  const form = useEntryForm(entry);
  const submit = useSubmit(page, onClose);
  const { sourceKey, destinationKey } = form.getValues();
  return (
    <FormDialog
      title={entry ? t('changeEntry') : t('addEntry')}
      form={form}
      submitLabel={entry ? t('save') : t('addEntry')}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField
        label={t('sourceKey')}
        platform={entry ? undefined : set.sourcePlatform}
        kind={set.kind}
        text={sourceKey}
        readOnly={entry !== null}
        data-autofocus={entry === null || undefined}
        {...form.getInputProps('sourceKey')}
      />
      <NameField
        label={t('destinationKey')}
        platform={set.destinationPlatform}
        kind={set.kind}
        text={destinationKey}
        data-autofocus={entry !== null || undefined}
        {...form.getInputProps('destinationKey')}
      />
      {entry === null && <p className={`${styles.dim ?? ''} ${styles.small ?? ''}`}>{t('replacesHelp')}</p>}
    </FormDialog>
  );
}

/** Problems of the one entry stand at its fields. */
const problemsOf = (problems: readonly { field: readonly string[] | null; message: string }[]) =>
  sortProblems(
    problems.map(({ field, message }) => ({ field: field?.slice(-1) ?? null, message })),
    (path) => path === 'sourceKey' || path === 'destinationKey',
  );
