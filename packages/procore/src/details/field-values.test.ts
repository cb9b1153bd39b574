import { describe, expect, it } from 'vitest';
import type { FieldType, PlatformError } from '@sluice/core/platform';
import { fieldTexts, wireValue } from './field-values.js';
import type { CustomField } from './field-values.js';

const field = (type: FieldType, over: Partial<CustomField> = {}): CustomField => ({
  key: 'custom_field_1',
  label: 'Stage',
  type,
  entries: [
    { id: '77', label: 'Approved' },
    { id: '78', label: 'On; hold' },
    { id: '99999999999999999999', label: 'Far' },
  ],
  isReadOnly: false,
  ...over,
});

describe('a custom field of an item is read as text', () => {
  it.each<[string, unknown, unknown, string | undefined]>([
    ['a text', 'string', 'A-2', 'A-2'],
    ['a rich text', 'rich_text', '<b>A</b>', '<b>A</b>'],
    ['a number', 'decimal', 12.5, '12.5'],
    ['zero', 'decimal', 0, '0'],
    ['true', 'boolean', true, 'true'],
    ['false', 'boolean', false, 'false'],
    ['an instant', 'datetime', '2019-03-04T06:06:07+01:00', '2019-03-04T05:06:07.000Z'],
    ['a day', 'date', '2019-03-04', '2019-03-04'],
    ['a date that is none', 'date', 'soon', 'soon'],
    ['one of a list', 'lov_entry', { id: 77, label: 'Approved' }, 'Approved'],
    [
      'several of a list',
      'lov_entries',
      [
        { id: 77, label: 'Approved' },
        { id: 78, label: 'On; hold' },
      ],
      'Approved;On\\; hold',
    ],
    ['a person', 'login_information', { id: 5, login: 'ivo@quay.example', name: 'Ivo Marsh' }, 'Ivo Marsh'],
    ['a value of no known kind', null, { id: 5 }, '5'],
    ['none', 'string', null, undefined],
    ['an empty text', 'string', '', undefined],
    ['an empty list', 'lov_entries', [], undefined],
  ])('%s', (_, data_type, value, text) => {
    expect(fieldTexts({ custom_field_1: { data_type, value } })['custom_field_1']).toBe(text);
  });

  it('nothing of what is no custom field', () => {
    expect(fieldTexts({ custom_field_x: { value: 'x' }, other: { value: 'x' }, custom_field_2: 'x' })).toEqual({});
  });
});

describe('a text is sent as its field takes it', () => {
  it.each<[FieldType, string, unknown]>([
    ['TEXT', ' A;2 ', ' A;2 '],
    ['NUMBER', '12.50', 12.5],
    ['NUMBER', '-3', -3],
    ['BOOLEAN', 'false', false],
    ['DATE', '2019-03-04', '2019-03-04'],
    ['CHOICE', 'Approved', 77],
    ['CHOICE', 'On\\; hold', 78],
    ['CHOICE', 'Far', '99999999999999999999'],
    ['CHOICES', 'Approved;On\\; hold', [77, 78]],
    ['TEXT', '', null],
    ['CHOICES', '', null],
  ])('%s “%s”', (type, text, wire) => {
    expect(wireValue(field(type), text)).toEqual(wire);
  });

  it.each<[FieldType, string, Partial<CustomField>, RegExp]>([
    ['NUMBER', 'many', {}, /“Stage” takes numbers, and “many” is none/],
    ['NUMBER', ' ', {}, /takes numbers/],
    ['BOOLEAN', 'yes', {}, /takes true or false, and not “yes”/],
    ['DATE', 'soon', {}, /takes dates/],
    ['CHOICE', 'Rejected', {}, /“Stage” has no value “Rejected”/],
    ['CHOICES', 'Approved;Rejected', {}, /has no value “Rejected”/],
    ['TEXT', 'x', { isReadOnly: true }, /is set by Procore alone/],
  ])('%s “%s” is refused', (type, text, over, message) => {
    let error: Partial<PlatformError> = {};
    try {
      wireValue(field(type, over), text);
    } catch (thrown) {
      error = thrown as PlatformError;
    }
    expect(error.kind).toBe('REJECTED');
    expect(error.message).toMatch(message);
  });
});
