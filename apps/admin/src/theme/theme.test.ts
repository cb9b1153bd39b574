import { describe, expect, it } from 'vitest';
import entryPage from '../../index.html?raw';
import { cssVariables, theme } from './theme.js';

/** Relative luminance of `#rrggbb`, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const SCHEMES = ['light', 'dark'] as const;
const shades = theme.primaryShade as { light: number; dark: number };
const variables = cssVariables(theme as Parameters<typeof cssVariables>[0]);

it('computes contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe.each(SCHEMES)('colours of the %s scheme', (scheme) => {
  const of = (name: string) => (variables[scheme] as Record<string, string>)[name] ?? '';

  it.each(['petrol', 'red'])('filled %s buttons hold white text, also under the pointer', (name) => {
    const tuple = theme.colors?.[name] ?? [];
    for (const shade of [shades[scheme], shades[scheme] + 1])
      expect(contrast('#ffffff', tuple[shade] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it('is the one in which the entry page is painted first', () => {
    const [, light = '', dark = ''] = /\.starting \{(.*?)\}.*?\.starting \{(.*?)\}/s.exec(entryPage) ?? [];
    for (const name of ['--mantine-color-body', '--mantine-color-text'])
      expect(scheme === 'light' ? light : dark).toContain(`: ${of(name)};`);
  });

  it('buttons are told from the page', () => {
    for (const name of ['petrol', 'red'])
      expect(contrast(theme.colors?.[name]?.[shades[scheme]] ?? '', of('--surface'))).toBeGreaterThanOrEqual(3);
  });

  it.each([
    '--mantine-color-text',
    '--mantine-color-dimmed',
    '--mantine-color-error',
    '--accent',
    '--ok',
    '--busy',
    '--wait',
    '--warn',
    '--bad',
    '--idle',
  ])('text in %s can be read on every surface', (name) => {
    for (const surface of ['--surface', '--surface-sunken', '--surface-hover', '--mantine-color-body'])
      expect(contrast(of(name), of(surface)), surface).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['ok', 'busy', 'wait', 'warn', 'bad', 'idle', 'accent'])('%s can be read on its soft ground', (tone) => {
    expect(contrast(of(`--${tone}`), of(`--${tone}-soft`))).toBeGreaterThanOrEqual(4.5);
  });
});
