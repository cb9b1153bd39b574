import { describe, expect, it } from 'vitest';
import type { FieldType } from '../platform/index.js';
import { convert } from './convert.js';

const CHOICES = ['Draft', 'Approved', 'For; review', 'as built', 'As Built'];

/** Type of the field, text, and the value that the field holds; null for what cannot be converted. */
const CONVERSIONS: [FieldType, string, string | null][] = [
  ['TEXT', ' kept as it is; all of it ', ' kept as it is; all of it '],
  ['NUMBER', '12', '12'],
  ['NUMBER', ' -12.50 ', '-12.5'],
  ['NUMBER', '+0007', '7'],
  ['NUMBER', '0.0', '0'],
  ['NUMBER', '-0', '0'],
  ['NUMBER', '0.0000001', '0.0000001'],
  ['NUMBER', '0.00000012500', '0.000000125'],
  ['NUMBER', '123456789012345', '123456789012345'],
  ['NUMBER', '1234567890123456', null],
  ['NUMBER', '12,5', null],
  ['NUMBER', '1,234.5', null],
  ['NUMBER', '1e3', null],
  ['NUMBER', '0x1f', null],
  ['NUMBER', 'NaN', null],
  ['NUMBER', 'true', null],
  ['NUMBER', '2019-03-04', null],
  ['BOOLEAN', 'true', 'true'],
  ['BOOLEAN', ' Yes', 'true'],
  ['BOOLEAN', 'ON', 'true'],
  ['BOOLEAN', '1', 'true'],
  ['BOOLEAN', 'false', 'false'],
  ['BOOLEAN', 'no', 'false'],
  ['BOOLEAN', 'Off', 'false'],
  ['BOOLEAN', '0', 'false'],
  ['BOOLEAN', '2', null],
  ['BOOLEAN', 'maybe', null],
  ['DATE', '2019-03-04', '2019-03-04'],
  ['DATE', '2020-02-29', '2020-02-29'],
  ['DATE', '0099-01-01', '0099-01-01'],
  ['DATE', '2019-03-04T05:06:07.008Z', '2019-03-04T05:06:07.008Z'],
  ['DATE', '2019-03-04T23:30-05:00', '2019-03-05T04:30:00.000Z'],
  ['DATE', '2019-03-04T05:06:07.123456789Z', '2019-03-04T05:06:07.123Z'],
  ['DATE', '2019-02-29', null],
  ['DATE', '2019-13-01', null],
  ['DATE', '2019-03-04T24:00Z', null],
  ['DATE', '2019-03-04T05:06:07+99:99', null],
  ['DATE', '2019-03-04T05:06:07', null],
  ['DATE', '03/04/2019', null],
  ['DATE', '1551675967', null],
  ['CHOICE', 'Approved', 'Approved'],
  ['CHOICE', ' approved ', 'Approved'],
  ['CHOICE', 'As Built', 'As Built'],
  ['CHOICE', 'AS BUILT', null],
  ['CHOICE', String.raw`For\; review`, 'For; review'],
  ['CHOICE', 'Rejected', null],
  ['CHOICE', ' ', null],
  ['CHOICE', 'Draft;Approved', null],
  ['CHOICES', 'Approved', 'Approved'],
  ['CHOICES', 'draft; Approved ;', 'Draft;Approved'],
  ['CHOICES', 'Draft;Draft', 'Draft'],
  ['CHOICES', String.raw`Draft;for\; review`, String.raw`Draft;For\; review`],
  ['CHOICES', 'Draft;Rejected', null],
];

describe('values in fields of each type', () => {
  it.each(CONVERSIONS)('%s from %j', (type, text, value) => {
    const converted = convert(text, { type, choices: CHOICES }, () => null);
    expect('value' in converted ? converted.value : null).toBe(value);
  });

  it('says why a value does not fit', () => {
    const problemFor = (type: FieldType, text: string) => convert(text, { type, choices: CHOICES }, () => null);
    expect(problemFor('NUMBER', 'x')).toEqual({ problem: 'is no number such as 12.5 with at most 15 digits' });
    expect(problemFor('CHOICE', 'Draft;Approved')).toEqual({
      problem: 'has several values, and the field takes one',
    });
  });

  it('asks for a similar choice only where none is equal', () => {
    const asked: string[] = [];
    const converted = convert('Draft;Aproved', { type: 'CHOICES', choices: CHOICES }, (value) => {
      asked.push(value);
      return 'Approved';
    });
    expect({ converted, asked }).toEqual({ converted: { value: 'Draft;Approved' }, asked: ['Aproved'] });
  });

  it('takes a field without type for a text', () => {
    expect(convert('12', { choices: [] }, () => null)).toEqual({ value: '12' });
  });
});
