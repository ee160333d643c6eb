/** What browsers are told about the documents of `frames/`, in which the page shows and draws what models wrote. */
import type { FastifyReply } from 'fastify';

/**
 * A document without an origin, wherever it is opened, that reaches nothing: no file, no address, no form. What it shows may have
 * scripts and styles in itself, pictures and sounds as data. `scripts` and `pictures`: what else it may take them from.
 */
const policy = (scripts: string, pictures = 'data: blob:'): string =>
  [
    "default-src 'none'",
    `script-src 'unsafe-inline'${scripts}`,
    "style-src 'unsafe-inline'",
    `img-src ${pictures}`,
    'font-src data:',
    'media-src data: blob:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
  ].join('; ');

const POLICIES: Record<string, string> = {
  'frames/preview.html': policy(''),
  // It draws with a library that lies beside it.
  'frames/diagram.html': policy(" 'self'"),
  // It shows a picture from wherever that is, after a click.
  'frames/picture.html': policy('', 'http: https:'),
};

/** Answers with the frames' own headers where a file is one of theirs. */
export function sendFrameHeaders(reply: FastifyReply, path: string): void {
  if (!path.startsWith('frames/')) return;
  // A document without an origin is a stranger to the scripts that stand beside it.
  reply.header('cross-origin-resource-policy', 'cross-origin');
  const own = POLICIES[path];
  if (!own) return;
  reply.header('content-security-policy', own);
  // Only the policy can tell our own page from others.
  reply.removeHeader('x-frame-options');
  reply.header('x-dns-prefetch-control', 'off');
}
