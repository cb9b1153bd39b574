import { describe, expect, it } from 'vitest';
import { pageLanguageOf } from './page-language.js';

describe('the language of a page of the server', () => {
  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en-GB,de;q=0.5', 'en'],
    ['fr,de;q=0.3,en;q=0.7', 'en'],
    ['DE', 'de'],
    ['fr,de;q=0', 'en'],
    ['de;q=x', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ] as const)('is for %s %s', (header, language) => expect(pageLanguageOf(header)).toBe(language));
});
