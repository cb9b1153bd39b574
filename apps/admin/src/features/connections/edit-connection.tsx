import { useQuery } from '@apollo/client/react';
import { Button, Modal } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { Loading, Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ConnectionUpdate, settingsOf, type ConnectionData } from './data.js';
import { ConnectionFormFields } from './connection-form.js';
import {
  buildInput,
  checkForm,
  initialValues,
  savedValues,
  shownFields,
  updatedSettings,
  PlatformsQuery,
  type PlatformForm,
} from './form.js';
import { useNameHint } from './new-connection.js';
import { Failure } from '../../domain/failure.js';
import { focusField, useFocusReturn } from '../../ui/focus.js';
import { t } from './words.js';

/** Changes a connection; a stored secret stays unless a new one is given. */
export function EditConnection({
  connection,
  onClose,
}: {
  connection: ConnectionData;
  onClose: () => void;
}): JSX.Element {
  useFocusReturn();
  const { data, error } = useQuery(PlatformsQuery);
  const platform = data?.platforms?.find((one) => one.key === connection.platform.key);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('editTitle', { name: connection.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {platform && <EditForm connection={connection} platform={platform} onClose={onClose} />}
      {!platform && (error ? <Failure error={error} /> : <Loading label={t('loadingForm')} />)}
    </Modal>
  );
}

function EditForm({
  connection,
  platform,
  onClose,
}: {
  connection: ConnectionData;
  platform: PlatformForm;
  onClose: () => void;
}): JSX.Element {
  const form = platform.form;
  const saved = settingsOf(connection);
  const [values, setValues] = useState(() =>
    initialValues(
      form,
      savedValues(platform, { name: connection.name, settings: saved, method: connection.credential.method }),
    ),
  );
  const [problems, setProblems] = useState(() => sortProblems([], () => false));
  const [update, isBusy] = useAction(ConnectionUpdate);
  const isStored = connection.credential.isSet;
  const hint = useNameHint(values.name ?? '', connection.id);
  const save = async () => {
    const byField = checkForm(form, values, isStored);
    setProblems({ byField, general: [] });
    if (Object.keys(byField).length > 0) return focusField(Object.keys(byField)[0]);
    const { name, credential, settings } = buildInput(platform, values);
    const changes = { name, credential, settings: updatedSettings(settings, saved, shownFields(form, values)) };
    const payload = (await update({ id: connection.id, input: changes, version: connection.version }))
      ?.connectionUpdate;
    if (!payload) return;
    if (payload.connection) return onClose();
    const known = new Set(shownFields(form, values).map((field) => field.name));
    setProblems(sortProblems(payload.userErrors, (path) => known.has(path)));
  };
  return (
    <form
      noValidate
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <ConnectionFormFields
        form={form}
        values={values}
        errors={problems.byField}
        hints={{ name: hint }}
        isStored={isStored}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
      />
      <Problems messages={problems.general} />
      <div className={styles.formFoot}>
        <Button type="submit" loading={isBusy}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
