/** Names of the files that chats go out as. */

/** In bytes of UTF-8, without the ending: far below what any file system takes. */
const MOST_BYTES = 120;
/** Names that a Windows machine takes for devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A title as a name: no path, no marks of direction, nothing that a file system or a shell takes for more than a name. */
export function safeName(title: string, fallback: string): string {
  const clean = title
    .toWellFormed()
    // Control characters, marks of direction and what is invisible; then what paths and shells use.
    .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, '')
    .replace(/[/\\:*?"<>|%`$;&!'{}^#~]+/g, ' ')
    .replace(/\s+/g, ' ');
  const short = withoutEdges(cutToBytes(withoutEdges(clean), MOST_BYTES));
  return short === '' || DEVICE.test(short) ? fallback : short;
}

/** Without blanks, points and dashes at its ends, where they hide a file or are taken for something else. */
function withoutEdges(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && ' .-'.includes(text[from]!)) from++;
  while (from < to && ' .'.includes(text[to - 1]!)) to--;
  return text.slice(from, to);
}

function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    cut += character;
  }
  return cut;
}
