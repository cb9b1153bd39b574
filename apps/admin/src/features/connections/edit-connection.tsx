import { useQuery } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { useAction } from '../../graphql/action.js';
import { useBasis } from '../../graphql/basis.js';
import { useFocusReturn } from '../../ui/focus.js';
import { FormDialog, type FormOutcome } from '../../ui/form-dialog.js';
import { Loading } from '../../ui/states.js';
import { ConnectionFormFields } from './connection-form.js';
import { ConnectionUpdate, readConnection, settingsOf, type ConnectionData } from './data.js';
import {
  buildInput,
  checkForm,
  initialValues,
  savedValues,
  shownFields,
  toldFields,
  updatedSettings,
  PlatformsQuery,
  type FormValues,
  type PlatformForm,
} from './form.js';
import { useNameHint } from './new-connection.js';
import { t } from './words.js';
import '../../theme/dialog.css';

interface EditProps {
  connection: ConnectionData;
  onClose: () => void;
}

/** Changes a connection; a stored secret stays unless a new one is given. */
export function EditConnection({ connection, onClose }: EditProps): JSX.Element {
  const { data, error } = useQuery(PlatformsQuery);
  const platform = data?.platforms?.find((one) => one.key === connection.platform.key);
  if (platform) return <EditForm connection={connection} platform={platform} onClose={onClose} />;
  return <Waiting connection={connection} error={error} onClose={onClose} />;
}

function Waiting({ connection, error, onClose }: EditProps & { error: Error | undefined }): JSX.Element {
  useFocusReturn();
  const title = t('editTitle', { name: connection.name });
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      {error ? <Failure error={error} /> : <Loading label={t('loadingForm')} />}
    </Modal>
  );
}

const valuesOf = (platform: PlatformForm, connection: ConnectionData): FormValues =>
  initialValues(
    platform.form,
    savedValues(platform, {
      name: connection.name,
      settings: settingsOf(connection),
      method: connection.credential.method,
    }),
  );

function EditForm({ connection, platform, onClose }: EditProps & { platform: PlatformForm }): JSX.Element {
  const isStored = connection.credential.isSet;
  const form = useForm<FormValues>({
    initialValues: valuesOf(platform, connection),
    validate: (values) => checkForm(platform.form, values, isStored),
  });
  const values = form.getValues();
  const save = useSave(connection, platform, onClose);
  const hint = useNameHint(values['name'] ?? '', connection.id);
  const change = (name: string, value: string) => {
    const { [name]: _, ...others } = form.errors;
    form.setValues({ [name]: value });
    // The names of these fields are no paths, as which the form would look for what was changed.
    form.resetDirty(form.getInitialValues());
    form.setErrors(others);
  };
  return (
    <FormDialog
      title={t('editTitle', { name: connection.name })}
      form={form}
      submitLabel={t('save')}
      onSubmit={save}
      onClose={onClose}
      size="lg"
    >
      <ConnectionFormFields
        form={platform.form}
        values={values}
        errors={form.errors}
        hints={{ name: hint }}
        isStored={isStored}
        onChange={change}
      />
    </FormDialog>
  );
}

function useSave(connection: ConnectionData, platform: PlatformForm, onClose: () => void) {
  const [update] = useAction(ConnectionUpdate);
  const basis = useBasis(connection, ({ id }) => readConnection(id));
  return async (values: FormValues): Promise<FormOutcome<FormValues>> => {
    const known = basis.now() ?? connection;
    const shown = shownFields(platform.form, values);
    const { name, credential, settings } = buildInput(platform, values);
    const input = { name, credential, settings: updatedSettings(settings, settingsOf(known), shown) };
    const payload = (await update({ id: known.id, input, version: known.version }))?.connectionUpdate;
    if (!payload?.connection) {
      return basis.refusal(payload?.userErrors, {
        valuesOf: (theirs) => valuesOf(platform, theirs),
        told: () => toldFields(platform.form),
        isField: (path) => shown.some((field) => field.name === path),
      });
    }
    onClose();
    return null;
  };
}
