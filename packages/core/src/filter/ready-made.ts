import type { ItemRule } from '../platform/index.js';

/** A filter without a condition, to be completed. */
export const NO_CONDITION: Omit<ItemRule, 'isExclusion'> = {
  globs: [],
  extensions: [],
  minBytes: null,
  maxBytes: null,
  createdFrom: null,
  createdTo: null,
  modifiedFrom: null,
  modifiedTo: null,
  minAgeMs: null,
  maxAgeMs: null,
  isHidden: null,
  metadataKey: null,
  metadataValue: null,
};

/** Filters that many jobs need, with a name and a sentence for people. */
export interface RuleSet {
  name: string;
  description: string;
  rules: readonly ItemRule[];
}

const leavingOut = (...globs: string[]): ItemRule[] => [{ ...NO_CONDITION, isExclusion: true, globs }];

export const READY_MADE: readonly RuleSet[] = [
  {
    name: 'System files',
    description: 'What Windows and macOS keep in folders for themselves, such as Thumbs.db and .DS_Store.',
    rules: leavingOut(
      'Thumbs.db',
      'ehthumbs.db',
      'desktop.ini',
      '.DS_Store',
      '._*',
      '$RECYCLE.BIN',
      'System Volume Information',
      '.Trashes',
      '.Spotlight-V100',
      '.fseventsd',
    ),
  },
  {
    name: 'Temporary files',
    description: 'What programs keep beside an open file or during a download, such as ~$*, *.tmp and *.part.',
    rules: leavingOut('~$*', '*.tmp', '*.temp', '*.part', '*.crdownload', '.~lock.*', '*.dwl', '*.dwl2'),
  },
];
