import { isOffered, type OfferedType } from '../../../domain/job/transfer-types.js';
import { textParam } from '../../../routing/search.js';

/** What a new job begins from, as it stands in the address; nothing of it begins an empty one. */
export interface Origin {
  /** Job of which everything is taken. */
  copyOf?: string;
  /** Job whose source is taken, such as a scan. */
  from?: string;
  type?: OfferedType;
}

export function originOf(search: Record<string, unknown>): Origin {
  const type = textParam(search.type);
  return {
    copyOf: textParam(search.copyOf),
    from: textParam(search.from),
    type: type !== undefined && isOffered(type) ? type : undefined,
  };
}

/** The job that the origin names; null for none. */
export const jobOfOrigin = ({ copyOf, from }: Origin): string | null => copyOf ?? from ?? null;

/** Names the draft of the origin, so that two beginnings are two drafts. */
export const draftOf = ({ copyOf, from, type }: Origin): string => {
  if (copyOf !== undefined) return `new-copy-${copyOf}`;
  return ['new', from, type].filter((part) => part !== undefined).join('-');
};
