import { expect, test } from 'vitest';
import { FORM } from './form.js';

test('a connection asks for its name, its folder, how safe it is and whether it keeps manifests', () => {
  expect(FORM.map(({ name, label, kind, isRequired, isSecret }) => [name, label, kind, isRequired, isSecret])).toEqual([
    ['name', 'Display as', 'TEXT', false, false],
    ['settings.networkFileShare.location', 'Folder', 'PATH', true, false],
    ['settings.networkFileShare.durability', 'Safe against a loss of power', 'SELECT', true, false],
    ['settings.networkFileShare.manifest', 'Keep what the share cannot hold', 'TOGGLE', false, false],
  ]);
});

test('who leaves a field as it is gets marks for safety and no manifests', () => {
  expect(FORM.map(({ defaultValue }) => defaultValue)).toEqual([undefined, undefined, 'MARK', 'false']);
});

test('each field is explained to people', () => {
  expect(FORM.map(({ help }) => help)).toEqual([
    'How the connection is listed. The platform’s name if left empty.',
    'Absolute path of a folder that the server can reach, such as /srv/plans. Mount a Windows share on the server first and give the folder where it is mounted.',
    'What is written lies in the memory of the server for a while. “As a whole” is fast: the disk catches up every few seconds and before a run ends, and after a loss of power the next run looks at the last files again and brings back what is missing. Where a file system cannot do so, as most network shares, it is done file by file. “Never” leaves it to the system, and what a loss of power takes is found by the next run that lists it.',
    'Descriptions, tags, fields, privacy and the numbers and notes of versions are kept in a file .sluice.json in each folder, and come back from there when the share is a source. The file is never copied itself.',
  ]);
});

test('how safe a share is has three choices in plain words', () => {
  expect(FORM.flatMap(({ options }) => options ?? [])).toEqual([
    { value: 'MARK', label: 'As a whole, every few seconds' },
    { value: 'FILE', label: 'File by file, before a file counts as done' },
    { value: 'NEVER', label: 'Never' },
  ]);
});
