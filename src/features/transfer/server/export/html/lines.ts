/** Values as lines of JSON, and back: what lies in a spool between the database and who goes on with it. */
export async function* toLines(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const values of pages) yield values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

const NEWLINE = 10;

export async function* fromLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  let begun: Uint8Array[] = [];
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      yield JSON.parse(Buffer.concat([...begun, chunk.subarray(from, end)]).toString());
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
}
