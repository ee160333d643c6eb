/** Helper programs of the benchmarks, each in a process of its own, ended with the benchmark whatever happens to it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Program = { readonly url: string; readonly pid: number; stop(): Promise<void> };

/** Starts `bench/processes/<name>.ts` and waits for the address it prints. */
export async function startProgram(name: 'upstream' | 'pipe', args: string[] = []): Promise<Program> {
  const path = fileURLToPath(new URL(`../processes/${name}.ts`, import.meta.url));
  // The channel of `fork` is how it notices that we are gone.
  const child = fork(path, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const line = /^ready at (\S+)$/m.exec(said);
      if (line) resolve(line[1]!);
    });
    child.once('exit', (code) => reject(new Error(`the ${name} ended with ${code}`)));
  });
  return {
    url,
    pid: child.pid!,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
