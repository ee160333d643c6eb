/** Bytes kept once per content, under their hash: in a folder, or in a store that speaks S3. */
import type { Readable } from 'node:stream';

/** What is kept: the SHA-256 of its bytes as 64 hex digits, and how many they are. */
export type Blob = { readonly sha256: string; readonly size: number };
/** A part of a blob, both ends included, as an HTTP range has them. */
export type ByteRange = { readonly first: number; readonly last: number };

export interface BlobStore {
  /** Where bytes lie while they come: a folder of this machine, from which `keep` takes them. */
  readonly incoming: string;
  /**
   * Keeps the bytes of a file in `incoming`, whose hash and size the caller has counted while it was written and synced. Idempotent;
   * the file may be gone afterwards. Once it resolves the bytes survive the end of this process and of this machine.
   */
  keep(blob: Blob, path: string): Promise<void>;
  /** Streams them, or a part of them. Rejects with `BlobGone` where they are not there. */
  read(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Removes them; nothing where they are not there. */
  remove(sha256: string): Promise<void>;
}

/** The bytes that a hash names are not in the store. */
export class BlobGone extends Error {
  constructor(sha256: string) {
    super(`There are no bytes ${sha256.slice(0, 12)}… in the store.`);
  }
}
