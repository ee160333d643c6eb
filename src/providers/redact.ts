/** Takes a secret out of words that somebody else wrote, who may have been shown it. */

/** A piece of a secret this long counts as the secret: servers repeat keys shortened or in part. */
const PIECE = 8;
/** The shortest beginning of a secret that is taken off the end of a text that was cut. */
const SHORTEST_TAIL = 4;

/**
 * The text with '…' for the secret and for every piece of it of eight characters or more, in any case: as it is, URL-encoded,
 * escaped as JSON, in hexadecimal and in base64 at each of its three alignments. A beginning of it at the very end goes as well, because the text
 * may have been cut there.
 */
export function redact(text: string, secret: string | null): string {
  if (!secret) return text;
  const forms = formsOf(secret).map(lowerAscii);
  const pieces = new Set(forms.flatMap(piecesOf));
  const lower = lowerAscii(text);
  const hidden = new Uint8Array(text.length);
  for (const size of new Set([...pieces].map((piece) => piece.length)))
    for (let at = 0; at + size <= text.length; at++)
      if (pieces.has(lower.slice(at, at + size))) hidden.fill(1, at, at + size);
  hidden.fill(1, text.length - tailLength(lower, forms));
  return replaceHidden(text, hidden);
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Base64 takes three bytes at a time, so what precedes the secret decides how it looks; the edges depend on the neighbours.
  const aligned = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    return text.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1);
  });
  const urlSafe = aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const encoded = [encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), bytes.toString('hex')];
  const long = [...encoded, ...aligned, ...urlSafe].filter((form) => form.length >= PIECE);
  return [...new Set([secret, ...long])];
}

function piecesOf(form: string): string[] {
  if (form.length <= PIECE) return [form];
  return Array.from({ length: form.length - PIECE + 1 }, (_, at) => form.slice(at, at + PIECE));
}

/** How many characters at the end of the text begin one of the forms. */
function tailLength(text: string, forms: readonly string[]): number {
  for (let length = PIECE - 1; length >= SHORTEST_TAIL; length--)
    if (forms.some((form) => form.startsWith(text.slice(-length))) && text.length >= length) return length;
  return 0;
}

function replaceHidden(text: string, hidden: Uint8Array): string {
  let shown = '';
  for (let at = 0; at < text.length; at++)
    if (!hidden[at]) shown += text[at];
    else if (!hidden[at - 1]) shown += '…';
  return shown;
}

/** Keeps the length, as `toLowerCase` does not for every letter. */
const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
