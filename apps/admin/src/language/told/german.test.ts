import { describe, expect, it } from 'vitest';
import * as api from './api.de.js';
import * as core from './core.de.js';
import * as fileshare from './fileshare.de.js';
import { translate } from './german.js';
import * as procore from './procore.de.js';
import { ofBothSides } from './sides.js';
import { filled } from './template.js';

const told = [core, fileshare, procore, api];
const sentences = told.flatMap((each) => Object.entries<string>(each.sentences));
const fragments = told.flatMap((each) => Object.entries<string>(each.fragments));

/** Figures in the places of all values, the first of them 1. */
const figures = Array.from({ length: 9 }, (_, index) => String(index + 1));
const english = (text: string) =>
  text.trim().replace(/\{(\d+)\}/g, (_, place: string) => figures[Number(place) - 1] ?? '');

describe('the German of the server', () => {
  it('is one for one English text', () => {
    const all = [...sentences, ...fragments].map(([text, german]) => [text.trim(), german.trim()] as const);
    const first = new Map(all.toReversed());
    expect(all.filter(([text, german]) => first.get(text) !== german)).toEqual([]);
  });

  it('is found for each sentence, and not taken for that of another', () => {
    const wrong = ofBothSides(sentences)
      .map(([text, german]) => ({
        text: english(text),
        said: translate(english(text)),
        german: filled(german, figures, figures),
      }))
      .filter(({ said, german }) => said !== german.trim());
    expect(wrong).toEqual([]);
  });

  it('is not looked for in ever more ways: 0.2 ms each on an idle machine, and 130 ms where parts are looked up again and again', () => {
    const texts = ofBothSides(sentences).map(([text]) => `${english(text)} And something that nobody knows.`);
    const began = performance.now();
    for (const text of texts) translate(text);
    expect((performance.now() - began) / texts.length).toBeLessThan(20);
  });
});
