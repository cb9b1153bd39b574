import { procoreDescription } from '@sluice/procore';
import { expect, it } from 'vitest';
import { platformView } from './platform-view.js';

it('the form says when the redirect address of this server cannot be registered at Procore', () => {
  const helpFor = (redirectUrl: string) =>
    platformView(procoreDescription, { redirectUrl, shareHelp: '', ownClientAt: null }).form.find(
      ({ name }) => name === 'credential.oauthClient.clientId',
    )?.help;
  expect(helpFor('http://192.168.1.4:4000/oauth/callback')).toContain('serve Sluice by https');
  expect(helpFor('https://sluice.example/oauth/callback')).not.toContain('serve Sluice by https');
});

it.each([
  ['https://login.example', 'SYSTEM_DEFAULT', [null, null]],
  [null, 'CUSTOM', [expect.stringContaining('PROCORE_CLIENT_ID'), null]],
])('the form offers the client of this installation where it has one: %s', (ownClientAt, begins, reasons) => {
  const facts = { redirectUrl: 'https://sluice.example/oauth/callback', shareHelp: '', ownClientAt };
  const form = platformView(procoreDescription, facts).form;
  const field = form.find(({ name }) => name === 'settings.procore.clientCredentials');
  expect(field?.options.map(({ unavailable }) => unavailable)).toEqual(reasons);
  expect(field?.defaultValue).toBe(begins);
  expect(field?.help?.includes('you sign in at https://login.example')).toBe(ownClientAt !== null);
  expect(form.find(({ name }) => name === 'settings.procore.loginUrl')?.defaultValue).toMatch(/^https:/);
});
