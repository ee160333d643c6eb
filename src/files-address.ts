/** Where the bytes of files are kept, as `FILES_URL` says it: a folder, or a bucket of a store that speaks S3. */
import { resolve } from 'node:path';

/** A bucket, addressed by its path at `origin`, with keys that begin with `prefix`. */
export type S3Address = {
  readonly origin: string;
  readonly bucket: string;
  /** Ends with a slash, or is empty. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};
export type FilesAddress = { readonly folder: string } | S3Address;

/** What the variable must be. */
export const FILES_ADDRESS =
  'must be a folder, or look like s3://key:secret@host:port/bucket/prefix?region=us-east-1&tls=on';

/** Reads the variable; null where it names nothing that can be used. */
export function readFilesAddress(text: string): FilesAddress | null {
  if (!/^[a-z][a-z0-9+]*:\/\//i.test(text)) return { folder: resolve(text) };
  const url = URL.canParse(text) ? new URL(text) : null;
  const [bucket = '', ...path] = (url?.pathname ?? '').split('/').filter((part) => part !== '');
  const { region = 'us-east-1', tls = 'on', ...more } = Object.fromEntries(url?.searchParams ?? []);
  const isWhole =
    url?.protocol === 's3:' &&
    url.host &&
    url.username &&
    url.password &&
    !url.hash &&
    Object.keys(more).length === 0;
  if (
    !isWhole ||
    !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ||
    !/^(?:on|off)$/.test(tls) ||
    region === ''
  )
    return null;
  return {
    origin: `${tls === 'on' ? 'https' : 'http'}://${url.host}`,
    bucket,
    prefix: path.map((part) => `${decodeURIComponent(part)}/`).join(''),
    region,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}
