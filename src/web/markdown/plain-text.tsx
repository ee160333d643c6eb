import { memo } from 'react';
import { breakable } from './breakable.tsx';
import { cutLines } from './text/cut-lines.ts';

/** Characters of a piece: what is not near the screen is not laid out. */
const PIECE = 2000;

/** Text as it is, in pieces, so that the browser lays out only what can be seen of it. */
export function PlainText({ text }: { text: string }) {
  return cutLines(text, PIECE).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added at the end
    <Piece key={index} text={piece} />
  ));
}

/** About how high a text is: what is thought too low is laid out too early. */
const heightOf = (text: string): number => 26 * Math.max(text.split('\n').length, text.length / 80);

const Piece = memo(function Piece({ text }: { text: string }) {
  return (
    <pre className="plain" dir="auto" style={{ containIntrinsicBlockSize: `auto ${heightOf(text)}px` }}>
      {breakable(text)}
    </pre>
  );
});
