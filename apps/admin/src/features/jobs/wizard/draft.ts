import type { JobValues } from '../job-input.js';

/** What a person has entered and not saved, with what it began from. */
export interface Draft {
  /** Version of the job that `start` shows; null for a job that is not there yet. */
  version: number | null;
  start: JobValues;
  values: JobValues;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (key: string) => `sluice-draft-${key}`;

/**
 * The draft that the tab keeps over a reload; null where there is none, or one that the application of today does not understand.
 *
 * @param like values of the shape that a draft has to have
 */
export function readDraft(key: string, like: JobValues, store: Store = sessionStorage): Draft | null {
  try {
    const draft = JSON.parse(store.getItem(nameOf(key)) ?? 'null') as Draft | null;
    return draft && hasShape(draft.start, like) && hasShape(draft.values, like) ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps a draft, or forgets it where there is nothing to keep. Without room or leave to store, the draft lives as long as the page. */
export function keepDraft(key: string, draft: Draft | null, store: Store = sessionStorage): void {
  try {
    if (draft === null) store.removeItem(nameOf(key));
    else store.setItem(nameOf(key), JSON.stringify(draft));
  } catch {
    return;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether a value has the fields of another one, all the way down; lists and single values are taken as they are. */
function hasShape(value: unknown, like: unknown): boolean {
  if (Array.isArray(like)) return Array.isArray(value);
  if (!isObject(like)) return !isObject(value) && value !== undefined;
  return isObject(value) && Object.keys(like).every((key) => hasShape(value[key], like[key]));
}
