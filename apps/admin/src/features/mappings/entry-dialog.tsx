import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import { FormDialog } from '../../ui/form-dialog.js';
import styles from '../../ui/ui.module.css';
import type { Entry, SetPage } from './data.js';
import type { EntryValues } from './entry-form.js';
import { NameField } from './name-field.js';
import { useEntrySave } from './use-entry-save.js';
import { t } from './words.js';

interface DialogProps {
  page: SetPage;
  entry: Entry | null;
  onClose: () => void;
}

const useEntryForm = (entry: Entry | null) =>
  useForm<EntryValues>({
    initialValues: { sourceKey: entry?.sourceKey ?? '', destinationKey: entry?.destinationKey ?? '' },
    validate: {
      sourceKey: (name) => (name.trim() === '' ? t('giveSource') : null),
      destinationKey: (name) => (name.trim() === '' ? t('giveDestination') : null),
    },
  });

/** Adds an entry, or changes the target of one: its name at the source says which it is. */
export function EntryDialog({ page, entry, onClose }: DialogProps): JSX.Element {
  const { set } = page;
  const form = useEntryForm(entry);
  const save = useEntrySave(page, entry, onClose);
  const { sourceKey, destinationKey } = form.getValues();
  return (
    <FormDialog
      title={entry ? t('changeEntry') : t('addEntry')}
      form={form}
      submitLabel={entry ? t('save') : t('addEntry')}
      onSubmit={save}
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
