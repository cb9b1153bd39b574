import type { SameKeys } from '../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  refused: 'Der Server hat die Anfrage abgelehnt.',
  status: 'Der Server hat mit dem Status {{status}} geantwortet.',
  unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie, ob er läuft und ob Sie verbunden sind.',
  code: {
    UNAUTHENTICATED: 'Ihre Sitzung ist abgelaufen. Melden Sie sich erneut an.',
    FORBIDDEN: 'Ihr Konto hat nicht das Recht dazu.',
    RATE_LIMITED: 'Zu viele Anfragen in kurzer Zeit. Versuchen Sie es in einer Minute erneut.',
    TIMEOUT: 'Der Server hat nicht rechtzeitig geantwortet. Versuchen Sie es erneut.',
    SERVICE_UNAVAILABLE: 'Der Server startet oder wird beendet. Versuchen Sie es gleich erneut.',
    INTERNAL_SERVER_ERROR: 'Im Server ist ein Fehler aufgetreten. Näheres steht in seinem Protokoll.',
  },
};
