import type { Texts } from '../translator.js';

/** German of what the API says itself of platforms and connections. */
export const sentences: Texts = {
  // connections
  'This installation has no Procore client of its own; its operator gives it one by PROCORE_CLIENT_ID and PROCORE_CLIENT_SECRET.':
    'Diese Installation hat keinen eigenen Procore-Client; ihr Betreiber gibt ihr einen mit PROCORE_CLIENT_ID und PROCORE_CLIENT_SECRET.',
  'With the system default you sign in at {1}.': 'Mit der Systemvorgabe melden Sie sich bei {1} an.',
  'This installation’s client is for Procore’s own hosts and those in PROCORE_CLIENT_HOSTS only; use custom client credentials.':
    'Der Client dieser Installation gilt nur für die Server von Procore und die in PROCORE_CLIENT_HOSTS; nutzen Sie einen eigenen Client.',
  'Give the company of the service account: its identifier, or the address of the project as the browser shows it. Procore lists nothing to a service account without it.':
    'Geben Sie die Firma des Dienstkontos an: ihre Kennung oder die Adresse des Projekts, wie der Browser sie zeigt. Ohne sie listet Procore einem Dienstkonto nichts auf.',
  'Give the client ID and the client secret of your app.': 'Geben Sie Client-ID und Client-Geheimnis Ihrer App an.',
  'This installation has no client of its own; choose custom client credentials.':
    'Diese Installation hat keinen eigenen Client; wählen Sie einen eigenen Client.',
  'Sign in with Procore.': 'Melden Sie sich bei Procore an.',
  'Choose {1}.': 'Wählen Sie {1}.',
  'Not tested since the last change.': 'Seit der letzten Änderung nicht geprüft.',
  'The test found a fault.': 'Die Prüfung hat einen Fehler gefunden.',
  // shares
  'An operator allows a folder by naming it, or one above it, in SLUICE_SHARE_ROOTS and starting the server again.':
    'Ein Betreiber erlaubt einen Ordner, indem er ihn oder einen darüber in SLUICE_SHARE_ROOTS nennt und den Server neu startet.',
  'Only an administrator who is signed in may choose it, until SLUICE_SHARE_ROOTS names the folders below which shares may lie.':
    'Nur ein angemeldeter Administrator darf ihn wählen, bis SLUICE_SHARE_ROOTS die Ordner nennt, unter denen Netzlaufwerke liegen dürfen.',
  'It has to lie in {1}.': 'Er muss in {1} liegen.',
  '{1} The files of the demo are in {2}.': '{1} Die Dateien der Demo liegen in {2}.',
  'This folder holds or belongs to the server’s own data or program, or to the system.':
    'Dieser Ordner enthält eigene Daten oder das Programm des Servers, oder er gehört dazu oder zum System.',
  'Choose a folder that neither contains these nor lies in them.':
    'Wählen Sie einen Ordner, der diese weder enthält noch in ihnen liegt.',
  'This folder does not lie in a folder where shares may be: {1}.':
    'Dieser Ordner liegt in keinem Ordner, in dem Netzlaufwerke sein dürfen: {1}.',
  // webhooks
  'Redirects are not followed: give the final address.':
    'Weiterleitungen wird nicht gefolgt: Geben Sie die endgültige Adresse an.',
  'It has to answer with 200 to 299.': 'Er muss mit 200 bis 299 antworten.',
  'The receiver answered with the status {1}. {2}': 'Der Empfänger hat mit dem Status {1} geantwortet. {2}',
  'The receiver did not answer within {1} s.': 'Der Empfänger hat nicht innerhalb von {1} s geantwortet.',
  'The secret was sealed with another SLUICE_SECRET_KEY. Make a new one with webhookSecretRotate.':
    'Das Geheimnis wurde mit einem anderen SLUICE_SECRET_KEY versiegelt. Erneuern Sie es.',
  'The receiver could not be reached. Check the address, and whether something listens there.':
    'Der Empfänger war nicht erreichbar. Prüfen Sie die Adresse, und ob dort etwas Verbindungen annimmt.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {
  // connections
  Connected: 'Verbunden',
  'a company and a project': 'eine Firma und ein Projekt',
  'a project': 'ein Projekt',
};
