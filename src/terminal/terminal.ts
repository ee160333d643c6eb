/** The person at the keyboard: lines, Ctrl-C, and notes that are not part of the chat. */
import { createInterface } from 'node:readline';

export type Terminal = {
  /** Colours may be used, and lines drawn over. */
  readonly isInteractive: boolean;
  readonly width: number;
  /** The next line; null when there are no more (Ctrl-D, the end of a pipe) or the person leaves. */
  read(prompt: string): Promise<string | null>;
  /** While set, Ctrl-C calls it; otherwise Ctrl-C asks to leave. */
  onInterrupt(handler: (() => void) | null): void;
  /** Part of the reply, on standard output. */
  write(text: string): void;
  /** A line about the chat, on standard error. */
  note(text: string): void;
  /** A line that the next output replaces; nothing where lines cannot be drawn over. */
  status(text: string): void;
  close(): void;
};

/** npm and launchers pass on the Ctrl-C that the terminal has sent to us already. */
const SAME_INTERRUPT_MS = 200;
const CLEAR_LINE = '\r\u001b[K';

/** Opens standard input and output. */
export function openTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  const isInteractive = Boolean(stdin.isTTY && stdout.isTTY);
  const lines: string[] = [];
  let ended = false;
  let waiting: ((line: string | null) => void) | null = null;
  let interrupt: (() => void) | null = null;
  let lastInterrupt = -Infinity;
  let leaving = false;
  let hasStatus = false;
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
      stderr.write('\nCtrl-C again to leave.\n');
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
    width: stdout.columns ?? 80,
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
      stdout.write(text);
    },
    note(text) {
      clearStatus();
      stderr.write(`${text}\n`);
    },
    status(text) {
      if (!isInteractive || !stderr.isTTY) return;
      stderr.write(CLEAR_LINE + text);
      hasStatus = true;
    },
    close() {
      clearStatus();
      reader.close();
    },
  };
}
