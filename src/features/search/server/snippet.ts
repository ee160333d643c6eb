/** Pieces of text around what was found, as plain text with the matches marked. */
import type { SearchHit } from '../search.ts';

/** What PostgreSQL marks a match with; neither can be in the text, which is rid of them. */
const START = '\u0002';
const STOP = '\u0003';
/** Stands where a word ends without a space (`search_apart`). */
const APART = '\u0004';

/** Looked through for a snippet: to mark the words of a text takes longer the longer it is. */
const LOOKED_THROUGH = 20_000;

/** Shown as a whole up to this length. */
const SHORT = 200;

/** SQL: as much of `text` as is looked through. */
export const lookedThroughSql = (text: string): string =>
  `translate(left(${text}, ${LOOKED_THROUGH}), '${START}${STOP}${APART}', '')`;

/** The beginning of a text, for what was not found by words. */
export const beginningOf = (text: string): string => text.trimStart().slice(0, SHORT);

/** SQL: `text` with the words of the query (a parameter) marked, a `whole` one or pieces of it. */
export function markedSql(text: string, words: string, whole = false): string {
  const pieces = 'MaxFragments=2, MaxWords=24, MinWords=10, ShortWord=0, FragmentDelimiter=" … "';
  const all = 'HighlightAll=true';
  const shape = whole
    ? `'${all}'`
    : `CASE WHEN length(${text}) <= ${SHORT} THEN '${all}' ELSE '${pieces}' END`;
  return `ts_headline('russian', search_apart(${text}), search_marks(${words}), 'StartSel=${START}, StopSel=${STOP}, ' || ${shape})`;
}

/** SQL: the first of these texts in which a word of the query is found, marked; the first of them where none is. */
export function firstMarkedSql(texts: readonly [string, string], words: string): string {
  const [first, second] = texts.map((text) => markedSql(text, words)) as [string, string];
  return `(SELECT CASE WHEN strpos(marked, '${START}') > 0 THEN marked ELSE ${second} END FROM (SELECT ${first} AS marked) m)`;
}

/** A marked text in pieces; runs of spaces and line ends are one space. */
export function toSnippet(marked: string): SearchHit['snippet'] {
  const text = marked.replaceAll(APART, '').replace(/\s+/g, ' ').trim();
  const [before = '', ...others] = text.split(START);
  const pieces = others.flatMap((other) => {
    const [match = '', after = ''] = other.split(STOP);
    return [
      { text: match, match: true },
      { text: after, match: false },
    ];
  });
  return [{ text: before, match: false }, ...pieces].filter((piece) => piece.text !== '');
}
