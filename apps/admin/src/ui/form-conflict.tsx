import type { UseFormReturnType } from '@mantine/form';
import type { JSX } from 'react';
import { lazily } from './lazily.js';
import { differencesOf, mineOver, type ToldField } from './merge.js';
import { t } from './words.js';

const ConflictDialog = lazily(async () => (await import('./conflict-dialog.js')).ConflictDialog);

/** What somebody else has saved of an object while a form of it was open. */
export interface FormConflict<Values> {
  /** Who has saved, null when unknown. */
  by: string | null;
  theirs: Values;
  told: readonly ToldField<Values>[];
  /** Told once one of the versions is chosen: what is sent from then on changes theirs. */
  onChosen: () => void;
}

/** Both versions of a form, field by field; the one that is chosen stands in the form from then on, to be saved or changed further. */
export function BothVersions<Values extends Record<string, unknown>>({
  conflict: { by, theirs, told, onChosen },
  form,
  onSettled,
}: {
  conflict: FormConflict<Values>;
  form: UseFormReturnType<Values>;
  onSettled: () => void;
}): JSX.Element {
  const mine = form.getValues();
  const goOnWith = (values: Values) => {
    onChosen();
    form.setValues(values);
    form.resetDirty(theirs);
    onSettled();
  };
  return (
    <ConflictDialog
      by={by}
      rows={differencesOf(mine, theirs, told, { none: t('none'), yes: t('yes'), no: t('no') })}
      onTakeTheirs={() => goOnWith(theirs)}
      onKeepMine={() => goOnWith(mineOver(form.getInitialValues(), mine, theirs))}
      onClose={onSettled}
    />
  );
}
