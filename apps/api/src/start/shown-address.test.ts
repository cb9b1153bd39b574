import { expect, it } from 'vitest';
import { shownAddress } from './shown-address.js';

it.each([
  ['the port that the system chose', 'http://localhost:0', 'http://127.0.0.1:40123', 'http://localhost:40123'],
  ['it below a path too', 'http://localhost:0/sluice', 'http://[::1]:40123', 'http://localhost:40123/sluice'],
  ['a given port', 'http://localhost:4000', 'http://0.0.0.0:4000', 'http://localhost:4000'],
  ['the public address of a proxy', 'https://sluice.example.com', 'http://0.0.0.0:0', 'https://sluice.example.com'],
])('tells %s', (_what, publicUrl, listening, shown) => {
  expect(shownAddress(publicUrl, listening)).toBe(shown);
});
