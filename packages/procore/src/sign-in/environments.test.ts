import { expect, test } from 'vitest';
import { budgetKey } from '../platform.js';
import { loginUrlOf, originsOf } from './hosts.js';
import { redirectProblem, CODE_TO_COPY } from './oauth.js';

test.each([
  ['https://us02.procore.com/598/project/home', 'https://login.procore.com', 'https://api.procore.com'],
  ['app.procore.com', 'https://login.procore.com', 'https://api.procore.com'],
  ['https://sandbox.procore.com/rest/v1.0', 'https://login-sandbox.procore.com', 'https://sandbox.procore.com'],
  ['https://api-monthly.procore.com', 'https://login-sandbox-monthly.procore.com', 'https://api-monthly.procore.com'],
  ['https://app.procoregov.com/x', 'https://login.procoregov.com', 'https://api.procoregov.com'],
  ['https://procore.com.evil.example', 'https://procore.com.evil.example', 'https://procore.com.evil.example'],
  ['http://127.0.0.1:4010/base/', 'http://127.0.0.1:4010/base', 'http://127.0.0.1:4010'],
])('the host of %s belongs to the pair %s and %s', (given, login, api) => {
  expect(loginUrlOf(given)).toBe(login);
  expect(originsOf({ loginUrl: given, apiUrl: null })[1]).toBe(api);
});

test('one client has one budget, whatever host of Procore was given', () => {
  const keys = [
    { loginUrl: 'https://login.procore.com', apiUrl: null },
    { loginUrl: 'https://us02.procore.com/77/project/home', apiUrl: null },
    { loginUrl: 'https://login.procore.com', apiUrl: 'https://app.procore.com/rest' },
  ].map((settings) => budgetKey(settings, { id: 'c' }));
  expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(1);
});

test.each([
  ['https://sluice.example/oauth/callback', true],
  ['http://localhost:4000/oauth/callback', true],
  [CODE_TO_COPY, true],
  ['http://sluice.example/oauth/callback', false],
  ['http://192.168.1.4:4000/oauth/callback', false],
])('the redirect address %s can be registered: %s', (address, isFine) => {
  expect(redirectProblem(address) === null).toBe(isFine);
});
