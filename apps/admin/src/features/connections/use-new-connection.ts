import { useRef, useState } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { focusField } from '../../ui/focus.js';
import { ConnectionCreate, ConnectionDelete, ConnectionUpdate } from './data.js';
import {
  buildInput,
  checkForm,
  initialValues,
  needsPlatformSignIn,
  shownFields,
  type ConnectionInput,
  type PlatformForm,
} from './form.js';
import { usePlatformSignIn } from './platform-sign-in.js';

/** Makes a draft of the input, to which later tries bring their changes; it can be taken back. */
function useDraft() {
  const created = useRef<string | null>(null);
  const [create, isBusy] = useAction(ConnectionCreate);
  const [update] = useAction(ConnectionUpdate);
  const [remove] = useAction(ConnectionDelete);
  const save = async (input: ConnectionInput, testNow: boolean) => {
    const id = created.current;
    const payload =
      id === null
        ? (await create({ input: { ...input, testNow, isDraft: true }, key: newKey() }))?.connectionCreate
        : (await update({ id, input }))?.connectionUpdate;
    if (!payload) return null;
    created.current = payload.connection?.id ?? id;
    return { id: created.current, userErrors: payload.userErrors };
  };
  const takeBack = () => {
    if (created.current !== null) void remove({ id: created.current });
  };
  return { save, takeBack, isBusy };
}

/** What the person fills in, with what is wrong with it. */
function useValues({ form }: PlatformForm) {
  const [values, setValues] = useState(() => initialValues(form));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [messages, setMessages] = useState<string[]>([]);
  const show = (byField: Record<string, string>, general: string[]) => {
    setErrors(byField);
    setMessages(general);
  };
  const check = (): boolean => {
    const found = checkForm(form, values);
    show(found, []);
    focusField(form.find((field) => found[field.name])?.name);
    return Object.keys(found).length === 0;
  };
  return { values, errors, messages, change: setValues, check, show };
}

/** The form of a new connection and what sends it, through a sign-in at the platform where it needs one. */
export function useNewConnection(platform: PlatformForm, onCreated: (id: string) => void) {
  const { values, errors, messages, change, check, show } = useValues(platform);
  const draft = useDraft();
  const signIn = usePlatformSignIn(onCreated);
  const input = buildInput(platform, values);
  const isWithSignIn = needsPlatformSignIn(input);
  const save = async (): Promise<string | null> => {
    const saved = await draft.save(input, !isWithSignIn);
    if (!saved) return null;
    const known = new Set(shownFields(platform.form, values).map((field) => field.name));
    const { byField, general } = sortProblems(saved.userErrors, (path) => known.has(path));
    show(byField, general);
    return saved.userErrors.length > 0 ? null : saved.id;
  };
  const submit = (copyCode = false) => {
    if (!check()) return;
    if (isWithSignIn) signIn.start(save, copyCode);
    else void save().then((id) => id !== null && onCreated(id));
  };
  const abandon = () => {
    signIn.reset();
    draft.takeBack();
  };
  return { values, errors, messages, change, isWithSignIn, stage: signIn.stage, isBusy: draft.isBusy, submit, abandon };
}
