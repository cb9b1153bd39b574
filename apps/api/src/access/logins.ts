export const MAX_LOGIN_CHARACTERS = 200;

/** A name as it is compared at sign-in: without regard to case, Unicode form and outer spaces. */
export function normalizeLogin(login: string): string {
  return login.normalize('NFC').trim().toLowerCase();
}
