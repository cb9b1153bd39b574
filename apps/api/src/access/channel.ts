/** Woken when a session, a token or a person may have lost rights, so that the rights of open streams are checked again. */
export const ACCESS_CHANNEL = 'access';
