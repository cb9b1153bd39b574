import type { FlowRow } from '../db/row-types.js';
import type { PageLanguage } from '../page-language.js';

/** What the page says at which a sign-in at a platform ends. */
interface CallbackWords {
  title: string;
  ended: Readonly<Record<FlowRow['state'], string>>;
  /** Where the callback belongs to no sign-in that waits. */
  unknown: string;
}

export const CALLBACK_WORDS: Readonly<Record<PageLanguage, CallbackWords>> = {
  en: {
    title: 'Sign-in',
    ended: {
      COMPLETED: 'You are signed in. You can close this window.',
      DENIED: 'The sign-in was declined. You can close this window.',
      FAILED: 'The sign-in did not succeed. You can close this window and try again.',
      EXPIRED: 'The sign-in took too long. You can close this window and try again.',
      PENDING: 'The sign-in is not finished. You can close this window and try again.',
    },
    unknown: 'This sign-in cannot be completed. Close this window and begin again.',
  },
  de: {
    title: 'Anmeldung',
    ended: {
      COMPLETED: 'Sie sind angemeldet. Sie können dieses Fenster schließen.',
      DENIED: 'Die Anmeldung wurde abgelehnt. Sie können dieses Fenster schließen.',
      FAILED: 'Die Anmeldung ist fehlgeschlagen. Sie können dieses Fenster schließen und es noch einmal versuchen.',
      EXPIRED: 'Die Anmeldung hat zu lange gedauert. Sie können dieses Fenster schließen und es noch einmal versuchen.',
      PENDING:
        'Die Anmeldung ist nicht abgeschlossen. Sie können dieses Fenster schließen und es noch einmal versuchen.',
    },
    unknown: 'Diese Anmeldung lässt sich nicht abschließen. Schließen Sie dieses Fenster, und beginnen Sie von vorn.',
  },
};
