import type { FormField } from '@sluice/core/platform';

export const FORM: readonly FormField[] = [
  {
    name: 'name',
    label: 'Display as',
    help: 'How the connection is listed. The platform’s name if left empty.',
    kind: 'TEXT',
    isRequired: false,
    isSecret: false,
  },
  {
    name: 'settings.networkFileShare.location',
    label: 'Folder',
    help: 'Absolute path of a folder that the server can reach, such as /srv/plans. Mount a Windows share on the server first and give the folder where it is mounted.',
    kind: 'PATH',
    isRequired: true,
    isSecret: false,
  },
  {
    name: 'settings.networkFileShare.durability',
    label: 'Safe against a loss of power',
    help: 'What is written lies in the memory of the server for a while. “As a whole” is fast: the disk catches up every few seconds and before a run ends, and after a loss of power the next run looks at the last files again and brings back what is missing. Where a file system cannot do so, as most network shares, it is done file by file. “Never” leaves it to the system, and what a loss of power takes is found by the next run that lists it.',
    kind: 'SELECT',
    isRequired: true,
    isSecret: false,
    defaultValue: 'MARK',
    options: [
      { value: 'MARK', label: 'As a whole, every few seconds' },
      { value: 'FILE', label: 'File by file, before a file counts as done' },
      { value: 'NEVER', label: 'Never' },
    ],
  },
  {
    name: 'settings.networkFileShare.manifest',
    label: 'Keep what the share cannot hold',
    help: 'Descriptions, tags, fields, privacy and the numbers and notes of versions are kept in a file .sluice.json in each folder, and come back from there when the share is a source. The file is never copied itself.',
    kind: 'TOGGLE',
    isRequired: false,
    isSecret: false,
    defaultValue: 'false',
  },
];
