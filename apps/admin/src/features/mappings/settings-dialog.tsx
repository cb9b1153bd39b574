import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { SetUpdate } from './changes.js';
import type { MappingSet } from './data.js';
import { SetFields } from './set-fields.js';
import { setChecks, setInput, setValues, type SetValues } from './set-form.js';
import { t } from './words.js';

export function SettingsDialog({
  set,
  onDone,
  onClose,
}: {
  set: MappingSet;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const [update] = useAction(SetUpdate);
  const form = useForm<SetValues>({ initialValues: setValues(set), validate: setChecks });
  const submit = async (values: SetValues) => {
    const variables = { id: set.id, input: setInput(values), expectedVersion: set.version };
    const payload = (await update(variables))?.mappingSetUpdate;
    if (!payload?.mappingSet) return sortProblems(payload?.userErrors ?? [], (path) => path in values);
    onDone();
    onClose();
    return null;
  };
  return (
    <FormDialog
      title={t('changeSettings')}
      form={form}
      submitLabel={t('save')}
      onSubmit={submit}
      onClose={onClose}
      size="lg"
    >
      <SetFields form={form} kind={set.kind} />
    </FormDialog>
  );
}
