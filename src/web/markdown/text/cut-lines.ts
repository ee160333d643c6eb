/** Cuts a text after a line's end into pieces of at most so many characters; joined they are the text. A longer line is cut within. */
export function cutLines(text: string, most: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const newline = text.lastIndexOf('\n', at + most - 1);
    const end = at + most >= text.length ? text.length : newline > at ? newline + 1 : at + most;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

/** The same for code, of which no line is cut. */
export function cutCode(code: string, most: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < code.length; ) {
    const newline = code.indexOf('\n', at + most);
    const end = newline === -1 ? code.length : newline + 1;
    pieces.push(code.slice(at, end));
    at = end;
  }
  return pieces;
}
