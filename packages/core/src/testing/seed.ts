/** What a test puts on a platform by other means than the platform itself. */
export interface Seed {
  /** Segments joined by `/`. */
  path: string;
  /** Of a file, text in UTF-8; a folder has none. */
  bytes?: Uint8Array | string;
  modifiedAt?: Date;
  modifiedNanoseconds?: number;
  /** Note of the version that the bytes become. */
  note?: string;
}
