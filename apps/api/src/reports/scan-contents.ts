import type { ScanView } from '../runs/reading/scan.service.js';
import type { Cell, Rows } from './lines.js';

/** The result of a scan, one line for each figure, class, name problem, long path and group of equal files. */
export async function* scanRows(scan: ScanView): Rows {
  yield totalsOf(scan);
  yield scan.longestPaths.map((path) => line({ section: 'LONGEST_PATH', paths: path }));
  yield scan.nameProblems.map(({ platform, limit, itemCount, examples }) =>
    line({ section: 'NAME_PROBLEM', platform, limit, itemCount, paths: listed(examples) }),
  );
  yield scan.duplicates.map(({ sha256, byteSize, fileCount, paths }) =>
    line({ section: 'DUPLICATE', itemCount: fileCount, byteCount: byteSize, sha256, paths: listed(paths) }),
  );
}

function totalsOf(scan: ScanView): Cell[][] {
  const classes = [
    ['EXTENSION', scan.extensions],
    ['SIZE', scan.sizeClasses],
    ['AGE', scan.ageClasses],
    ['DEPTH', scan.depths],
  ] as const;
  return [
    line({ section: 'TOTAL', label: 'files', itemCount: scan.fileCount, byteCount: scan.byteCount }),
    line({ section: 'TOTAL', label: 'folders', itemCount: scan.folderCount }),
    line({ section: 'TOTAL', label: 'emptyFolders', itemCount: scan.emptyFolderCount }),
    line({
      section: 'TOTAL',
      label: 'duplicateGroups',
      itemCount: scan.duplicateGroupCount,
      byteCount: scan.duplicateByteCount,
    }),
    ...classes.flatMap(([section, buckets]) =>
      buckets.map(({ label, fileCount, byteCount }) => line({ section, label, itemCount: fileCount, byteCount })),
    ),
  ];
}

interface Line {
  section: string;
  label?: string;
  platform?: string;
  limit?: string;
  itemCount?: number | null;
  byteCount?: number;
  sha256?: string;
  paths?: string;
}

/** In the order of the columns. */
const line = ({ section, label, platform, limit, itemCount, byteCount, sha256, paths }: Line): Cell[] => [
  section,
  label ?? null,
  platform ?? null,
  limit ?? null,
  itemCount ?? null,
  byteCount ?? null,
  sha256 ?? null,
  paths ?? null,
];

const listed = (paths: readonly string[]): string => paths.join('\n');
