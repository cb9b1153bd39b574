import type { DocumentIndex } from './client.js';
import { countOf, flagOf, idOf, parseJson, recordOf, rowsOf, textOf } from './json.js';
import { LEVELS } from '../sign-in/rights.js';
import type { DocumentRights } from '../sign-in/rights.js';
import type { NoteStore } from '../types.js';

/** What the connector has found out about a connection and would otherwise have to ask again. */
export interface Notes {
  /** The flat index that serves where that of v1 does not, and since when (epoch ms). */
  documentIndex?: { index: DocumentIndex; at: number };
  /** When Procore did not obey the filter for changes last (epoch ms). */
  changesRefusedAt?: number;
  /** The user of the account. */
  user?: { id: string; login: string | null };
  /** What the account may do, as the last check found it. */
  rights?: DocumentRights;
}

/** The notes of one connection: read once, then written through. Losing them costs calls only. */
export class ConnectionNotes {
  private known: Promise<Notes> | null = null;

  constructor(private readonly store: NoteStore | undefined) {}

  read(): Promise<Notes> {
    this.known ??= this.load();
    return this.known;
  }

  async write(change: Notes): Promise<void> {
    const notes = { ...(await this.read()), ...change };
    this.known = Promise.resolve(notes);
    await this.store?.save(JSON.stringify(notes)).catch(() => undefined);
  }

  private async load(): Promise<Notes> {
    const text = await this.store?.load().catch(() => null);
    return readNotes(parseJson(text ?? '{}'));
  }
}

function readNotes(value: unknown): Notes {
  const json = recordOf(value);
  const kept = recordOf(json?.['documentIndex']);
  const index = (['V2_OF_COMPANY', 'V2'] as const).find((each) => each === kept?.['index']);
  const at = countOf(kept?.['at']);
  const changesRefusedAt = countOf(json?.['changesRefusedAt']);
  const user = recordOf(json?.['user']);
  const id = idOf(user?.['id']);
  return {
    ...(index && at !== null && { documentIndex: { index, at } }),
    ...(changesRefusedAt !== null && { changesRefusedAt }),
    ...(recordOf(json?.['rights']) && { rights: readKeptRights(json?.['rights']) }),
    ...(id !== null && { user: { id, login: textOf(user?.['login']) } }),
  };
}

function readKeptRights(value: unknown): DocumentRights {
  const json = recordOf(value);
  const level = LEVELS.find((each) => each === json?.['level']) ?? 'UNKNOWN';
  const actions = (rowsOf(json?.['actions']) ?? []).filter((action) => typeof action === 'string');
  return { level, actions, canCreate: flagOf(json?.['canCreate']) };
}
