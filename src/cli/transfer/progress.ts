/** One line that says how far something is, for who looks at a terminal; nothing in a pipe or a file. */
export type Progress = { show(text: string): void; clear(): void };

export function createProgress(isDumb: boolean, stream = process.stderr): Progress {
  if (!stream.isTTY || isDumb) return { show() {}, clear() {} };
  return {
    show: (text) => void stream.write(`\r\x1b[2K${text}`),
    clear: () => void stream.write('\r\x1b[2K'),
  };
}
