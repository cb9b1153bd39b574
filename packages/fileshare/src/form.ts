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
];
