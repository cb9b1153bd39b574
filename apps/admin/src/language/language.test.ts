import { describe, expect, it } from 'vitest';
import { languageFor } from './language.js';

describe('the language of the page', () => {
  it.each([
    { chosen: null, preferred: ['de-AT', 'en'], is: 'de' },
    { chosen: null, preferred: ['fr-CH', 'de'], is: 'de' },
    { chosen: null, preferred: ['EN-us'], is: 'en' },
    { chosen: null, preferred: ['fr'], is: 'en' },
    { chosen: null, preferred: [], is: 'en' },
    { chosen: 'en', preferred: ['de'], is: 'en' },
    { chosen: 'tlh', preferred: ['de'], is: 'de' },
  ])('is $is for a choice of $chosen and a browser that prefers $preferred', ({ chosen, preferred, is }) => {
    expect(languageFor(chosen, preferred)).toBe(is);
  });
});
