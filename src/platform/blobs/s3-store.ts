/** Blobs in a bucket of any store that speaks S3, for several processes that share no disk. */

import { unlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { S3Address } from '../../files-address.ts';
import { BlobGone, type BlobStore } from './blob-store.ts';
import { askS3, refusalOf, type S3Request } from './s3-request.ts';

const keyOf = (sha256: string): string => `sha256/${sha256.slice(0, 2)}/${sha256}`;

/** Opens the store; nothing is asked of it yet. What comes lies in `incoming`, a folder of this machine. */
export function openS3Store(address: S3Address, incoming: string): BlobStore {
  /** Rejects with what the store refused, unless its status is one of these. */
  const ask = async (asked: S3Request, ...expected: number[]) => {
    const answer = await askS3(address, asked);
    if (!expected.includes(answer.statusCode ?? 0)) throw await refusalOf(answer);
    return answer;
  };
  return {
    incoming,

    async keep({ sha256, size }, path) {
      // It is signed with the hash: a store that got other bytes refuses them.
      const answer = await ask({ method: 'PUT', key: keyOf(sha256), body: { path, size, sha256 } }, 200);
      answer.resume();
      await unlink(path);
    },

    async read(sha256, range): Promise<Readable> {
      const headers = range && { range: `bytes=${range.first}-${range.last}` };
      const answer = await ask(
        { method: 'GET', key: keyOf(sha256), ...(headers && { headers }) },
        200,
        206,
        404,
      );
      if (answer.statusCode !== 404) return answer;
      answer.resume();
      throw new BlobGone(sha256);
    },

    async remove(sha256) {
      (await ask({ method: 'DELETE', key: keyOf(sha256) }, 200, 204, 404)).resume();
    },
  };
}
