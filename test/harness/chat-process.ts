/** `parley chat` in a process of its own, as a person uses it: its input and output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Finish, Ground } from './make.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type Talk = {
  child: ChildProcess;
  out(): string;
  err(): string;
  say(line: string): void;
  /** Ends its input; resolves with its exit code. */
  end(): Promise<number | null>;
};

/** Starts one on a ground, with an environment of its own. */
export function chat(
  finish: Finish,
  { dataDir, database }: Ground,
  args: string[] = [],
  env: Record<string, string> = {},
): Talk {
  const child = spawn(process.execPath, [MAIN, 'chat', ...args], {
    cwd: dataDir,
    env: {
      PATH: process.env.PATH!,
      DATA_DIR: dataDir,
      DATABASE_URL: database.url.url,
      DISCOVER_LOCAL: 'off',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  finish(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    out: () => out,
    err: () => err,
    say: (line) => void child.stdin.write(`${line}\n`),
    end() {
      child.stdin.end();
      return ended;
    },
  };
}
