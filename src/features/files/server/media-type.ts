/** What a file is, found from its bytes. A name only tells texts apart, none of which can be more than a text. */

const OTHER = 'application/octet-stream';
const TEXT = 'text/plain';

/** Texts by the endings of their names. */
const TEXTS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  md: 'text/markdown',
  markdown: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  ndjson: 'application/x-ndjson',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  xml: 'application/xml',
  svg: 'image/svg+xml',
};
/** What the library takes for a type, although it is a text: a name tells those apart better. */
const TEXTLIKE = new Set(['application/xml', 'text/vcard', 'text/calendar', 'text/x-shellscript']);

/** The media type of a file that begins with these bytes; what is unknown is `application/octet-stream`. */
export async function mediaTypeOf(head: Buffer, name: string): Promise<string> {
  // Not at start: it knows some two hundred formats.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found && !TEXTLIKE.has(found.mime)) return found.mime.toLowerCase();
  if (!isText(head)) return OTHER;
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(TEXTS, ending) ? TEXTS[ending]! : TEXT;
}

/** UTF-8 without control characters, cut anywhere; or UTF-16 with its mark. */
function isText(head: Buffer): boolean {
  if (head.length >= 2 && (head.readUInt16BE(0) === 0xfeff || head.readUInt16BE(0) === 0xfffe)) return true;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those that no text has
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch {
    return false;
  }
}
