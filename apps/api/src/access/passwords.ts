import { hash, verify } from '@node-rs/argon2';

export const hashPassword = (password: string): Promise<string> => hash(password);

export const MAX_PASSWORD_CHARACTERS = 200;

let decoy: Promise<string> | undefined;

/** Whether the password fits the hash. Without a hash it takes as long, so that the time does not tell whether a name exists. */
export async function fitsPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const stored = passwordHash ?? (await (decoy ??= hashPassword('nobody has this password')));
  const fits = await verify(stored, password);
  return fits && passwordHash !== null;
}
