import type { Content } from '@sluice/core/platform';

export interface UploadRequest {
  name: string;
  content: Content;
  checkpoint?: string;
  saveCheckpoint?(checkpoint: string): Promise<void>;
}

/** Bytes that wait in storage to be attached, once. */
export interface Uploaded {
  uuid: string;
  /** Of the whole content; null where it was not read in one go. */
  sha256: string | null;
  /** Taken over from an earlier try, which may have attached it. */
  isResumed: boolean;
}
