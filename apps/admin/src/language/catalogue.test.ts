import { describe, expect, it } from 'vitest';
import { catalogueOf } from './catalogue.js';
import type { SameKeys } from './words.js';

const words = {
  title: 'Audit log',
  hello: 'Hello {{name}}',
  items_one: '{{count, number}} item of {{job}}',
  items_other: '{{count, number}} items of {{job}}',
  outcome: { ALLOWED: 'allowed', DENIED: 'denied' },
} as const;

const german: SameKeys<typeof words> = {
  title: 'Protokoll',
  hello: 'Guten Tag, {{name}}',
  items_one: '{{count, number}} Element von {{job}}',
  items_other: '{{count, number}} Elemente von {{job}}',
  outcome: { ALLOWED: 'erlaubt', DENIED: 'verweigert' },
};

const loaders = { en: () => Promise.resolve({ words }), de: () => Promise.resolve({ words: german }) };

async function loaded(room: string) {
  const t = catalogueOf(room, loaders);
  await t.load();
  return t;
}

describe('a catalogue', () => {
  it('says the words of its room', async () => {
    const t = await loaded('says');
    expect(t('title')).toBe('Audit log');
    expect(t('outcome.DENIED')).toBe('denied');
  });

  it('puts values in as they are, markup too', async () => {
    const t = await loaded('values');
    expect(t('hello', { name: '<b>Ä & Co.</b>' })).toBe('Hello <b>Ä & Co.</b>');
  });

  it('chooses the form by the count, and writes the count as its locale does', async () => {
    const t = await loaded('forms');
    expect(t('items', { count: 1, job: 'Plans' })).toBe('1 item of Plans');
    expect(t('items', { count: 4560, job: 'Plans' })).toBe('4,560 items of Plans');
  });

  it('tells the values of an enum that it knows from those of a newer server', async () => {
    const t = await loaded('known');
    expect(t.known('outcome', 'ALLOWED')).toBe('allowed');
    expect(t.known('outcome', 'POSTPONED')).toBeUndefined();
    expect(t.known('outcome', 'constructor')).toBeUndefined();
  });

  it('lists the values of an enum once its words are loaded', async () => {
    expect(catalogueOf('unloaded', loaders).valuesOf('outcome')).toEqual([]);
    expect((await loaded('lists')).valuesOf('outcome')).toEqual(['ALLOWED', 'DENIED']);
  });

  it('keeps the words of two rooms apart, and loads them once', async () => {
    let loads = 0;
    const other = { title: 'Webhooks' } as const;
    const t = catalogueOf('apart', {
      en: () => Promise.resolve({ words: { ...other, load: `${++loads}` } }),
      de: () => Promise.resolve({ words: { ...other, load: '' } }),
    });
    await t.load();
    await t.load();
    expect((await loaded('others'))('title')).toBe('Audit log');
    expect(t('title')).toBe('Webhooks');
    expect(loads).toBe(1);
  });

  it('asks at compile time for words that exist and for their values', () => {
    const t = catalogueOf('types', loaders);
    const wrong = () => [
      // @ts-expect-error there is no such word
      t('subtitle'),
      // @ts-expect-error the name is missing
      t('hello'),
      // @ts-expect-error the count is missing
      t('items', { job: 'Plans' }),
      // @ts-expect-error a form is not chosen by hand
      t('items_one', { count: 1, job: 'Plans' }),
    ];
    // @ts-expect-error a word is missing
    const incomplete: SameKeys<typeof words> = { ...german, title: undefined };
    expect([wrong, incomplete]).toBeDefined();
  });
});
