/** Woken when a session, a token or a person may have lost rights, so that open streams are looked at anew. */
export const ACCESS_CHANNEL = 'access';
