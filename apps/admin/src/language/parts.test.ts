import { describe, expect, it } from 'vitest';
import { partsOf } from './parts.js';

describe('the parts of a sentence', () => {
  it('are the words between tags and those around them', () => {
    expect(partsOf('Open the <link>plan</link>, then <b>approve</b> it.')).toEqual([
      { text: 'Open the ', tag: null },
      { text: 'plan', tag: 'link' },
      { text: ', then ', tag: null },
      { text: 'approve', tag: 'b' },
      { text: ' it.', tag: null },
    ]);
  });

  it.each(['a < b and c > d', '<open only', 'x <b>y</i>'])('leave %o as it is', (sentence) => {
    expect(partsOf(sentence)).toEqual([{ text: sentence, tag: null }]);
  });

  it('may begin or end with a tag', () => {
    expect(partsOf('<b>All</b>')).toEqual([{ text: 'All', tag: 'b' }]);
  });
});
