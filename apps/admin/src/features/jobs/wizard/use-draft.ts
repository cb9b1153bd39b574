import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import type { JobValues } from '../job-input.js';
import { keepDraft, readDraft } from './draft.js';
import { stillWrong } from './mended.js';

/** What a draft begins from: the job as it is saved, or what a new one has. */
export interface Beginning {
  version: number | null;
  start: JobValues;
}

const isSame = (one: JobValues, other: JobValues) => JSON.stringify(one) === JSON.stringify(other);

/** The values of all steps with what is wrong with them; what is not saved outlives a reload of the page. */
export function useDraft(key: string, fresh: Beginning) {
  const [kept] = useState(() => readDraft(key, fresh.start));
  const [from, setFrom] = useState<Beginning>(kept ?? fresh);
  const form = useForm<JobValues>({
    initialValues: kept?.values ?? fresh.start,
    clearInputErrorOnChange: false,
    onValuesChange: (after, before) => form.setErrors(stillWrong(form.errors, before, after)),
  });
  const { values } = form;
  const isOver = useRef(false);
  const isDirty = !isSame(values, from.start);
  useEffect(() => {
    if (!isOver.current) keepDraft(key, isDirty ? { ...from, values } : null);
  }, [key, from, values, isDirty]);
  return {
    from,
    values,
    errors: form.errors as Readonly<Record<string, string>>,
    setErrors: form.setErrors,
    change: (changes: Partial<JobValues>) => form.setValues(changes),
    /** Goes on from another beginning, such as what somebody else has saved. */
    goOnFrom: (beginning: Beginning, now: JobValues) => {
      setFrom(beginning);
      form.setValues(now);
      form.clearErrors();
    },
    isDirty: () => isDirty && !isOver.current,
    /** Forgets the draft, once it is saved or given up. */
    end: () => {
      isOver.current = true;
      keepDraft(key, null);
    },
  };
}

export type DraftOfJob = ReturnType<typeof useDraft>;
