/** Making a title of what a model has said when it was asked for one. */

/** Beyond it a title is cut, in characters as people count them. */
const LONGEST = 60;

/** So much of what follows the thoughts is looked at; a title stands at its beginning, whatever a server sends that heeds no bound. */
const LOOKED_AT = 4000;

/** What models think aloud where their server does not tell it apart, also without its beginning or its end. */
const THOUGHT = /^.*<\/(?:think(?:ing)?|reasoning)>|<(?:think(?:ing)?|reasoning)>.*$/gis;
/** Tags, which a title has none of; what is compared by `<` stays. */
const TAG = /<\/?[a-z][^<>]*>/gi;
const FENCE = /^\s*(?:```|~~~)/;
/** Marks of a line: heading, quotation, list. */
const LINE_MARKS = /^(?:#{1,6}\s+|>\s*|[-*+•]\s+|\d{1,2}[.)]\s+)+/;
/** `Title: …` in the languages of the page, and what else a title is called. */
const LABEL =
  /^(?:(?:chat|conversation|suggested|short)\s+)?(?:title|name|topic|subject|название|заголовок|тема|имя)(?:\s+(?:чата|диалога|беседы|разговора))?\s*[:：]\s*/iu;
/** `[text](address)`, also of a picture. */
const LINK = /!?\[([^[\]]*)\]\([^()]*\)/g;
/** Strong, emphasised, struck out, code: marks at the edge of a word alone, so that names such as `snake_case` stay. */
const EMPHASIS = /(?<![\p{L}\p{N}*_])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?![\p{L}\p{N}*_])|~~|`/gu;
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '”': '”',
  '„': '“',
  '‘': '’',
  '’': '’',
  '‚': '‘',
  '«': '»',
  '»': '«',
  '‹': '›',
  '「': '」',
};
/** Control characters, and those that draw elsewhere than where they stand. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** The title in it: one line of at most 60 characters, without thoughts, label, markup and quotation marks; null where there is none. */
export function cleanTitle(said: string): string | null {
  const lines = said
    .replace(THOUGHT, '')
    .slice(0, LOOKED_AT)
    .toWellFormed()
    .replaceAll('\uFFFD', '')
    .split(/\r\n?|[\n\u2028\u2029]/)
    .filter((line) => !FENCE.test(line))
    .map(cleanLine)
    .filter(isTitle);
  // “Here is a title:” is none, where something follows.
  const title = lines.find((line) => !line.endsWith(':')) ?? lines[0];
  return title === undefined ? null : cut(title);
}

function cleanLine(line: string): string {
  let text = line.replace(TAG, '').replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  // Each may stand within the other: **Title: “…”**
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(LINE_MARKS, '').replace(LINK, '$1').replace(EMPHASIS, '').replace(LABEL, '').trim();
    text = unquoted(text.replace(/(?<!\.)\.$/, ''));
  }
  return text;
}

/** Without the marks around all of it. Those that end within, as in “A” and “B”, stay. */
function unquoted(text: string): string {
  const closing = QUOTES[text[0] ?? ''];
  if (closing === undefined || text.length < 2 || !text.endsWith(closing)) return text;
  const inner = text.slice(1, -1);
  return inner.includes(closing) || inner.includes(text[0]!) ? text : inner.trim();
}

const isTitle = (line: string): boolean => /[\p{L}\p{N}\p{S}]/u.test(line);

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most so long, cut at a word where there is one. */
function cut(title: string): string {
  const characters = Array.from(graphemes.segment(title), ({ segment }) => segment);
  if (characters.length <= LONGEST) return characters.join('');
  const start = characters.slice(0, LONGEST - 1).join('');
  const atWord =
    characters[LONGEST - 1] === ' ' ? start : start.slice(0, Math.max(0, start.lastIndexOf(' ')));
  return `${(atWord || start).replace(/[\s,;:–—-]{1,9}$/u, '')}…`;
}
