import { read } from 'node:fs';
import { promisify } from 'node:util';

const readInto = promisify(read);
const PIECE_BYTES = 256 * 1024;

/** The bytes of an open file from its beginning, which stays open: a stream would close it with itself. */
export async function* bytesOf(fd: number, most = Number.MAX_SAFE_INTEGER): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < most; ) {
    const buffer = new Uint8Array(Math.min(PIECE_BYTES, most - at));
    const { bytesRead } = await readInto(fd, buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
