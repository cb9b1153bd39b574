import { hash, verify } from '@node-rs/argon2';

export const MIN_PASSWORD_CHARACTERS = 12;
export const MAX_PASSWORD_CHARACTERS = 200;

/** One form of Unicode, since keyboards of different systems write the same letter in different ones. */
const canonical = (password: string): string => password.normalize('NFC');

/** Argon2id with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(canonical(password));

let decoy: Promise<string> | undefined;

/** Whether the password fits the hash. Without a hash it takes as long, so that the time does not tell whether a name exists. */
export async function fitsPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const stored = passwordHash ?? (await (decoy ??= hashPassword('nobody has this password')));
  const fits = await verify(stored, canonical(password));
  return fits && passwordHash !== null;
}
