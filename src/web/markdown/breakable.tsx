import { Fragment, type ReactNode } from 'react';

/** Characters after which a word without any place to break may be broken. */
const WORD = 100;
/** Of scripts that put blanks between words; the others break nearly anywhere. */
const LETTER =
  '[^\\s\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]';
const ENDLESS = new RegExp(`${LETTER}{${2 * WORD}}`, 'u');
const PIECES = new RegExp(`${LETTER}{1,${WORD}}|.`, 'gsu');

/** Lets an endless word break (`<wbr>`): to look for a break within one costs layout the square of its length. */
export function breakable(text: string): ReactNode {
  if (text.length < 2 * WORD || !ENDLESS.test(text)) return text;
  return joined(text.match(PIECES) ?? []).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added at the end
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}

/** Pieces joined to texts between which a break is to be allowed: after each full one. */
function joined(pieces: readonly string[]): string[] {
  const texts: string[] = [];
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (piece.length >= WORD) {
      texts.push(text);
      text = '';
    }
  }
  return text ? [...texts, text] : texts;
}
