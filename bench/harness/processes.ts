/** What processes use, read from /proc: CPU time and memory of whole trees. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of `/proc/<pid>/stat`, in Linux on every machine one meets. */
const TICKS_PER_SECOND = 100;

type Stat = { pid: number; parent: number; ticks: number };

/** CPU seconds spent so far by the processes and all their descendants, those that have ended included. */
export function cpuSeconds(roots: readonly number[]): number {
  const ticks = tree(roots).reduce((sum, stat) => sum + stat.ticks, 0);
  return ticks / TICKS_PER_SECOND;
}

/** Memory in bytes of the processes and their descendants: pages shared between them are counted once (PSS). */
export function memoryBytes(roots: readonly number[]): number {
  return tree(roots).reduce((sum, { pid }) => sum + proportional(pid), 0);
}

/** The first process of the embedded PostgreSQL of a data folder. */
export const postmasterOf = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

/** The process that started this one. */
export const parentOf = (pid: number): number => read(String(pid))[0]?.parent ?? 0;

/** Resident memory of one process, in bytes. */
export function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
}

function proportional(pid: number): number {
  try {
    const line = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function tree(roots: readonly number[]): Stat[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? read(name) : []));
  const wanted = new Set(roots);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of all)
      if (wanted.has(parent) && !wanted.has(pid)) {
        wanted.add(pid);
        grown = true;
      }
  }
  return all.filter(({ pid }) => wanted.has(pid));
}

function read(name: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The program's name may hold anything; the fields begin after its closing parenthesis.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // utime, stime, and the same of children that have ended and been waited for.
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return [{ pid: Number(name), parent: Number(fields[1]), ticks }];
  } catch {
    return [];
  }
}
