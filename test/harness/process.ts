/** A real `parley serve` in its own process, to be killed and started again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Clock } from '#platform/clock.ts';
// @ts-expect-error The scripts are plain JavaScript: they run before TypeScript can.
import { PROGRAM_FLAGS } from '../../scripts/steps/parley.js';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const MAIN_WITH_CLOCK = fileURLToPath(new URL('serve-with-clock.ts', import.meta.url));
/** For a start on a busy machine with a first initdb; a healthy one takes about two seconds. */
const READY_MS = 60_000;

export type ParleyProcess = {
  /** Its web address; empty for a process with the worker role alone. */
  readonly url: string;
  readonly pid: number;
  /** All it has written so far. */
  output(): { stdout: string; stderr: string };
  /** Sends the signal and waits for the end; `code` is null when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** `kill -9`, as when the power goes. */
  kill(): Promise<void>;
  /** Resolves when it has ended, however it came to it. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

export type ParleyProcessOptions = {
  dataDir: string;
  /** Added to a small, clean environment. Without DATABASE_URL it runs its own embedded PostgreSQL. */
  env?: Record<string, string>;
  /** After `serve`. */
  args?: string[];
  cwd?: string;
  /** Other waits than the real ones; then `args` are not read. */
  clock?: Partial<Clock>;
};

/** Starts one and waits for its ready line; throws with its output when it ends before that. */
export async function startParleyProcess(options: ParleyProcessOptions): Promise<ParleyProcess> {
  const program = options.clock
    ? [MAIN_WITH_CLOCK, JSON.stringify(options.clock)]
    : [MAIN, 'serve', ...(options.args ?? [])];
  const child = spawn(process.execPath, [...PROGRAM_FLAGS, ...program], {
    // Not the checkout: a developer's .env must not change a test.
    cwd: options.cwd ?? fileURLToPath(new URL('.', import.meta.url)),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: '0',
      DATA_DIR: options.dataDir,
      DISCOVER_LOCAL: 'off',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'warn',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return follow(child);
}

/** Waits for the ready line of any program that prints it (npm, a launcher, Parley itself). */
export async function follow(child: ChildProcess): Promise<ParleyProcess> {
  let stdout = '';
  let stderr = '';
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ready = new Promise<string>((resolve) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const line = /^Parley (?:is ready at (\S+)|worker is ready)$/m.exec(stdout);
      if (line) resolve(line[1] ?? '');
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not ready in time\n${stdout}\n${stderr}`)), READY_MS);
  });
  const early = ended.then(({ code, signal }) => {
    throw new Error(`ended with ${signal ?? code} before it was ready\n${stdout}\n${stderr}`);
  });
  const url = await Promise.race([ready, early, late]).finally(() => clearTimeout(timer));
  early.catch(() => {});
  return {
    url,
    pid: child.pid!,
    output: () => ({ stdout, stderr }),
    ended,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
