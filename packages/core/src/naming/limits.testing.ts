import type { Limits } from '../platform/index.js';

/** A strict platform: short names and paths, reserved and forbidden ones, letters of either case alike. */
export const STRICT: Limits = {
  maxFileBytes: null,
  maxPathLength: 60,
  maxSegmentLength: 40,
  pathLengthUnit: 'UTF16',
  segmentLengthUnit: 'UTF16',
  forbiddenCharacters: [...'\\/:*?"<>|'],
  reservedNames: ['con', 'desktop.ini'],
  reservedNameRule: 'WINDOWS',
  restrictedTypes: ['exe'],
  isCaseSensitive: false,
  isUnicodeFormSensitive: false,
  whitespaceRule: 'No white space at the ends.',
  holdsEmptyFiles: false,
};

/** A share: bytes are counted, letters of either case differ, white space stays. */
export const SHARE: Limits = {
  ...STRICT,
  maxPathLength: 4000,
  maxSegmentLength: 255,
  pathLengthUnit: 'UTF8',
  segmentLengthUnit: 'UTF8',
  forbiddenCharacters: ['/', '\0'],
  reservedNames: ['.', '..', '.sluice-trash'],
  reservedNameRule: 'EXACT',
  restrictedTypes: [],
  isCaseSensitive: true,
  isUnicodeFormSensitive: true,
  whitespaceRule: null,
};
