import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';

type TransferType = EnumOf<'TransferType'>;

interface TypeWords {
  label: string;
  /** What it changes, and what it deletes. */
  sentence: string;
}

const TYPES: Record<TransferType, TypeWords> = {
  COPY: {
    label: 'Copy',
    sentence:
      'New and changed items come to the destination. The source stays as it is; nothing is deleted at the destination unless the job follows deletions.',
  },
  MIGRATE: {
    label: 'Migrate',
    sentence:
      'What the first run finds comes to the destination once; what is new or changed later does not. The source stays as it is, and nothing is deleted.',
  },
  MOVE: {
    label: 'Move',
    sentence: 'Each item comes to the destination, and is deleted at the source once it is proved to have arrived.',
  },
  PUBLISH: {
    label: 'Publish',
    sentence:
      'The destination becomes exactly the source: what was changed there is put back, and all that the source does not have is deleted there. The source stays as it is.',
  },
  SCAN: {
    label: 'Scan',
    sentence:
      'One place is listed and analysed: sizes, ages, names that other platforms cannot hold, and files of equal content. Nothing is changed or deleted.',
  },
  STRUCTURE: {
    label: 'Structure',
    sentence:
      'Folders that are missing at the destination are made there, without files. The source stays as it is, and nothing is deleted.',
  },
  SYNC: {
    label: 'Sync',
    sentence:
      'What is made, changed, moved or deleted on one side is so on the other; what is deleted goes to the recycle bin or trash folder. Of two changed versions both are kept.',
  },
};

/** The types that a job may have, as a form offers them. */
export const OFFERED_TYPES = [
  'COPY',
  'MIGRATE',
  'MOVE',
  'PUBLISH',
  'SCAN',
  'STRUCTURE',
  'SYNC',
] as const satisfies readonly TransferType[];
export type OfferedType = (typeof OFFERED_TYPES)[number];

export const isOffered = (type: string): type is OfferedType => OFFERED_TYPES.some((one) => one === type);

export const typeLabel = (type: string): string => known(TYPES, type)?.label ?? wordOf(type);

/** Empty for a type that this page does not know. */
export const typeSentence = (type: string): string => known(TYPES, type)?.sentence ?? '';

/** Whether the type has a destination. */
export const isTransfer = (type: string): boolean => type !== 'SCAN';

/** Whether the type reads or writes contents of files. */
export const hasContents = (type: string): boolean => type !== 'STRUCTURE';
