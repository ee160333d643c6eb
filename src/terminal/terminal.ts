/** The person at the keyboard: lines, Ctrl-C, and notes that are not part of the chat. */
import { createInterface } from 'node:readline';
import { asPlainText, withStylesOnly } from './plain-text.ts';
import type { TerminalWords } from './words.ts';
import { cutToWidth, wrapText } from './wrap-line.ts';

export type Terminal = {
  /** A person is there, who can be asked. */
  readonly isInteractive: boolean;
  /** Styles may be used in what is written. */
  readonly hasColours: boolean;
  /** Text should end its lines where the screen does; not in pipes and files. */
  readonly wraps: boolean;
  readonly width: number;
  /** The next line; null when there are no more (Ctrl-D, the end of a pipe) or the person leaves. */
  read(prompt: string): Promise<string | null>;
  /** While set, Ctrl-C calls it; otherwise Ctrl-C asks to leave. */
  onInterrupt(handler: (() => void) | null): void;
  /** Part of the reply, on standard output; of all that could move the terminal, the styles of `paint.ts` alone get there. */
  write(text: string): void;
  /** A line about the chat, on standard error; plain text. */
  note(text: string): void;
  /** A line that the next output replaces; nothing where lines cannot be drawn over. */
  status(text: string): void;
  close(): void;
};

/** npm and launchers pass on the Ctrl-C that the terminal has sent to us already. */
const SAME_INTERRUPT_MS = 200;
const CLEAR_LINE = '\r\u001b[K';

/** The columns of a terminal that does not say. */
const COLUMNS = 80;

/** Opens standard input and output. `isDumb`: a terminal that can only print (`TERM=dumb`). */
export function openTerminal(words: TerminalWords, isDumb: boolean): Terminal {
  const { stdin, stdout, stderr } = process;
  const isInteractive = Boolean(stdin.isTTY && stdout.isTTY);
  const lines: string[] = [];
  let ended = false;
  let waiting: ((line: string | null) => void) | null = null;
  let interrupt: (() => void) | null = null;
  let lastInterrupt = -Infinity;
  let leaving = false;
  let hasStatus = false;
  /** The cursor stands behind text that must stay: nothing may be drawn over it. */
  let isMidLine = false;
  const reader = createInterface({ input: stdin, output: stdout, terminal: isInteractive });

  const give = (line: string | null): void => {
    const take = waiting;
    waiting = null;
    take?.(line);
  };
  reader.on('line', (line) => {
    leaving = false;
    if (waiting) give(line);
    else lines.push(line);
  });
  reader.on('close', () => {
    ended = true;
    // What is said next does not belong behind the prompt.
    if (isInteractive && waiting) stdout.write('\n');
    give(null);
  });
  /** As shells do: Ctrl-E, Ctrl-U. */
  const clearInput = (): void => {
    for (const name of ['e', 'u']) reader.write(null, { ctrl: true, name });
  };
  const onInterrupt = (): void => {
    const now = performance.now();
    if (now - lastInterrupt < SAME_INTERRUPT_MS) return;
    lastInterrupt = now;
    if (interrupt) interrupt();
    else if (isInteractive && reader.line) clearInput();
    else if (leaving || !isInteractive) reader.close();
    else {
      leaving = true;
      stderr.write(`\n${words('leave_again')}\n`);
      reader.prompt();
    }
  };
  reader.on('SIGINT', onInterrupt);
  process.on('SIGINT', onInterrupt);
  const leave = (): void => {
    interrupt?.();
    reader.close();
  };
  process.on('SIGTERM', leave);
  // The window was closed: what is written to it fails from now on, and must not keep us from ending in order.
  process.on('SIGHUP', leave);
  for (const stream of [stdout, stderr]) stream.on('error', () => {});

  const clearStatus = (): void => {
    if (hasStatus) stderr.write(CLEAR_LINE);
    hasStatus = false;
  };
  return {
    isInteractive,
    hasColours: Boolean(stdout.isTTY && !isDumb && stdout.hasColors?.()),
    wraps: Boolean(stdout.isTTY),
    get width() {
      return stdout.columns || COLUMNS;
    },
    read(prompt) {
      clearStatus();
      const line = lines.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (ended) return Promise.resolve(null);
      reader.setPrompt(isInteractive ? prompt : '');
      // What was typed during the reply stays, with the cursor where it is.
      if (isInteractive) reader.prompt(true);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    onInterrupt(handler) {
      interrupt = handler;
    },
    write(text) {
      clearStatus();
      if (text) isMidLine = !text.endsWith('\n');
      stdout.write(withStylesOnly(text));
    },
    note(text) {
      clearStatus();
      const clean = asPlainText(text);
      stderr.write(`${stderr.isTTY ? wrapText(clean, stderr.columns || COLUMNS) : clean}\n`);
    },
    status(text) {
      if (!isInteractive || !stderr.isTTY || isDumb || isMidLine) return;
      // One line, or it could not be drawn over.
      stderr.write(CLEAR_LINE + cutToWidth(asPlainText(text), (stderr.columns || COLUMNS) - 1));
      hasStatus = true;
    },
    close() {
      clearStatus();
      reader.close();
    },
  };
}
