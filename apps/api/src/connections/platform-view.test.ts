import { procoreDescription } from '@sluice/procore';
import { expect, it } from 'vitest';
import { platformView } from './platform-view.js';

it('the form says when the redirect address of this server cannot be registered at Procore', () => {
  const helpFor = (redirectUrl: string) =>
    platformView(procoreDescription, { redirectUrl, shareHelp: '' }).form.find(
      ({ name }) => name === 'credential.oauthClient.clientId',
    )?.help;
  expect(helpFor('http://192.168.1.4:4000/oauth/callback')).toContain('serve Sluice by https');
  expect(helpFor('https://sluice.example/oauth/callback')).not.toContain('serve Sluice by https');
});
