import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '#test/harness/make.ts';
import { runChaos } from './run-chaos.ts';

/** A run of this length meets about a dozen faults; `npm run chaos` does it for as long as wanted. */
const SECONDS = 30;

it('keeps its promises while processes, database and networks fail under it', {
  timeout: 240_000,
}, async () => {
  const folder = await makeFolder(onTestFinished);
  const told: string[] = [];
  const report = await runChaos({
    seconds: SECONDS,
    seed: 20_26,
    folder,
    clients: 5,
    webs: 2,
    workers: 2,
    redis: true,
    short: true,
    say: (line) => told.push(line),
  });
  expect(report.violations, `${told.join(', ')}\n${report.errors}`).toEqual([]);
  expect(report.crashes).toEqual([]);
  // It was a run worth the name: things broke, and people were served all the same.
  expect(told.length).toBeGreaterThan(4);
  expect(report.accepted).toBeGreaterThan(5);
  expect(report.states.completed).toBeGreaterThan(3);
});
