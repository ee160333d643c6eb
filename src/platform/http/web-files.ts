/** The files of the built page, in memory as they are asked for, compressed once. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
/** The rest is compressed already. */
const COMPRESSIBLE = /^(text|application|image\/svg)/;
/** Nearly as small as the slowest setting at a small part of its time; each file is compressed once. */
const BROTLI_QUALITY = 6;

export type Encoding = 'br' | 'gzip' | 'identity';
/** A file of this server's own, the same for everybody. */
export type WebFile = {
  readonly type: string;
  /** Quoted, as the header wants it. */
  readonly etag: string;
  /** True when the name changes with the content. */
  readonly immutable: boolean;
  /** The bytes in an encoding; `identity` for what does not get smaller. */
  body(encoding: Encoding): Promise<{ bytes: Buffer; encoding: Encoding }>;
};
/** By path, like `assets/index-4f2a.js`. A path that is not a key is not a file, so no path can lead out of the folder. */
export type WebFiles = { has(path: string): boolean; get(path: string): Promise<WebFile> | undefined };

/** Reads which files there are; a missing folder has none. `change` may rewrite a file before it is served. */
export function openWebFiles(folder: string, change: (path: string, bytes: Buffer) => Buffer): WebFiles {
  const paths = new Set(listFiles(folder));
  const opened = new Map<string, Promise<WebFile>>();
  return {
    has: (path) => paths.has(path),
    get(path) {
      if (!paths.has(path)) return undefined;
      let file = opened.get(path);
      if (!file) {
        file = openFile(folder, path, change);
        opened.set(path, file);
        file.catch(() => opened.delete(path));
      }
      return file;
    },
  };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function openFile(
  folder: string,
  path: string,
  change: (path: string, bytes: Buffer) => Buffer,
): Promise<WebFile> {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return webFile(type, change(path, await readFile(join(folder, path))), path.startsWith('assets/'));
}

/** A file of these bytes. Each of its encodings is made when it is first asked for, and once. */
export function webFile(type: string, plain: Buffer, immutable = false): WebFile {
  const made = new Map<Encoding, Promise<Buffer>>();
  return {
    type,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    immutable,
    async body(asked: Encoding) {
      const encoding = COMPRESSIBLE.test(type) ? asked : 'identity';
      if (!made.has(encoding)) made.set(encoding, compress(plain, encoding));
      return { bytes: await made.get(encoding)!, encoding };
    },
  };
}

function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(bytes);
  if (encoding === 'br')
    return promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
  return Promise.resolve(bytes);
}
