import type { ByteRange } from '#platform/blobs/blob-store.ts';

/**
 * The part of `size` bytes that a `Range` header asks for (RFC 9110, section 14): null for all of them, which is also the answer to
 * several parts at once and to what is no range of bytes; `'none'` where it asks for what is not there.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'none' | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null;
  return first < size && first <= last ? { first, last } : 'none';
}
