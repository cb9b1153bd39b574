import type { Context } from '../graphql/context.js';
import type { Problems } from '../problems.js';
import type { ShareRefusal, ShareRoots } from '../shares/share-roots.js';
import type { ConnectionSettingsInput } from './connection.inputs.js';

const PATH = ['input', 'settings', 'networkFileShare', 'location'];
const WHO_CHOOSES =
  'Only an administrator who is signed in may choose a folder, not a token. To let others choose, name the folders below ' +
  'which shares may lie in SLUICE_SHARE_ROOTS and start the server again.';

/** Whether the folder that an input names may be a share; found out before the transaction, because it asks the file system. */
export interface FolderChoice {
  location: string;
  refusal: ShareRefusal | null;
  mayChoose: boolean;
}

/** Checks the folder of an input; null when the input names no share. */
export async function folderChoice(
  settings: ConnectionSettingsInput | null | undefined,
  roots: ShareRoots,
  { caller }: Context,
): Promise<FolderChoice | null> {
  const location = settings?.networkFileShare?.location;
  if (location === undefined) return null;
  const isAdministrator = caller?.kind === 'USER' && caller.scopes.has('USERS_MANAGE');
  return {
    location,
    refusal: await roots.refusalOf(location),
    mayChoose: isAdministrator || (await roots.isOpenToAll(location)),
  };
}

/**
 * Adds why the folder cannot be the share. Who may choose a folder does not matter for the one that
 * the connection already has.
 */
export function checkChoice(choice: FolderChoice | null, present: string | null, problems: Problems): void {
  if (choice === null || !problems.isEmpty) return;
  const { location, refusal, mayChoose } = choice;
  if (refusal !== null) problems.add('FORBIDDEN', PATH, `${refusal.message} ${refusal.remedy}`);
  else if (!mayChoose && location !== present) problems.add('FORBIDDEN', PATH, WHO_CHOOSES);
}
