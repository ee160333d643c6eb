/** Fault F1: `kill -9` of a server that does everything, in mid-stream, again and again, each time somewhere else. */
import { REAL_PACE } from './pace.ts';
import { type ChaosOptions, type ChaosReport, runChaos } from './run-chaos.ts';

export type KillsOptions = Pick<ChaosOptions, 'seed' | 'folder' | 'say'> & { kills: number };

/** As long as it takes, at the pace of a run whose only fault is this one. */
export function runKills({ kills, ...options }: KillsOptions): Promise<ChaosReport> {
  return runChaos({
    ...options,
    seconds: Number.POSITIVE_INFINITY,
    strikes: kills,
    clients: 4,
    webs: 1,
    workers: 0,
    redis: false,
    pace: REAL_PACE,
    only: ['kill web'],
  });
}
