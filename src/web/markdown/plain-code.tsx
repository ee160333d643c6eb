import { memo } from 'react';
import { cutCode } from './text/cut-lines.ts';

/** Characters of a piece; code that is not longer than a few is one. */
const PIECE = 4000;
const LINE_PX = 21.6;

/** Code without colours; long code in pieces, of which only those near the screen are laid out. */
export function PlainCode({ code }: { code: string }) {
  if (code.length < 4 * PIECE) return code;
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added at the end
  return cutCode(code, PIECE).map((piece, index) => <Piece key={index} code={piece} />);
}

const Piece = memo(function Piece({ code }: { code: string }) {
  const height = LINE_PX * code.split('\n').length;
  return (
    <span className="code-piece" style={{ containIntrinsicBlockSize: `auto ${height}px` }}>
      {code}
    </span>
  );
});
