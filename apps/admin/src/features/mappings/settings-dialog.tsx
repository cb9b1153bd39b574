import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { useBasis } from '../../graphql/basis.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { SetUpdate } from './changes.js';
import { readSet, type MappingSet } from './data.js';
import { SetFields } from './set-fields.js';
import { NEW_SET, setChecks, setInput, setTold, setValues, type SetValues } from './set-form.js';
import { t } from './words.js';

const FORM = { valuesOf: setValues, told: setTold, isField: (path: string) => path in NEW_SET };

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
  const basis = useBasis<MappingSet>(set, ({ id }) => readSet(id));
  const form = useForm<SetValues>({ initialValues: setValues(set), validate: setChecks });
  const submit = async (values: SetValues) => {
    const variables = { id: set.id, input: setInput(values), expectedVersion: basis.now()?.version };
    const payload = (await update(variables))?.mappingSetUpdate;
    if (!payload?.mappingSet) return basis.refusal(payload?.userErrors, FORM);
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
