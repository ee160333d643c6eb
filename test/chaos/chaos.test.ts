import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '#test/harness/make.ts';
import { QUICK_PACE } from './pace.ts';
import { runChaos } from './run-chaos.ts';

/** `npm run chaos` goes on for as long as wanted, at the pace of production. */
const STRIKES = 12;

it('keeps its promises while processes, database and networks fail under it', {
  timeout: 240_000,
}, async () => {
  const folder = await makeFolder(onTestFinished);
  const told: string[] = [];
  const report = await runChaos({
    seconds: Number.POSITIVE_INFINITY,
    strikes: STRIKES,
    pace: QUICK_PACE,
    seed: 20_26,
    folder,
    clients: 5,
    webs: 2,
    workers: 2,
    redis: true,
    say: (line) => told.push(line),
  });
  expect(report.violations, `${told.join(', ')}\n${report.errors}`).toEqual([]);
  expect(report.crashes).toEqual([]);
  // It was a run worth the name: things broke, and people were served all the same.
  expect(told).toHaveLength(STRIKES + 1);
  expect(report.accepted).toBeGreaterThan(5);
  expect(report.states.completed).toBeGreaterThan(3);
  expect(report.brought).toBeGreaterThan(3);
});
