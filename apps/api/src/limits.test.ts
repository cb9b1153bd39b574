import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { DEFAULT_LIMITS, LIMIT_DEFINITIONS } from './limits.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const show = (count: number) => count.toLocaleString('en');

describe('limits are settings', () => {
  it.each(Object.entries(LIMIT_DEFINITIONS))('%s is set, bounded and described in the README', (name, definition) => {
    const { variable, standard, min, max } = definition;
    const read = (value: number) =>
      readConfig({ [variable]: String(value) }).limits[name as keyof typeof LIMIT_DEFINITIONS];
    const factor = standard === 0 ? read(1) : DEFAULT_LIMITS[name as keyof typeof LIMIT_DEFINITIONS] / standard;
    expect([read(min), read(max)]).toEqual([min * factor, max * factor]);
    for (const outside of [min - 1, max + 1]) expect(() => read(outside)).toThrow(`${variable} must be a whole number`);
    expect(readme).toContain(`| \`${variable}\` | ${show(standard)} | ${show(min)} to ${show(max)} |`);
  });
});
