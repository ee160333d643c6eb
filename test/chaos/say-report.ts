/** A run's report for people. */
import type { ChaosReport } from './run-chaos.ts';

export function sayReport(report: ChaosReport, seconds: number): void {
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const faults = Object.values(report.faults).reduce((sum, count) => sum + count, 0);
  const sorted = report.recoveriesMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  console.log(`
Chaos, seed ${report.seed}, ${seconds.toFixed(0)} s
  faults       ${faults}: ${list(report.faults)}
  messages     ${report.accepted} acknowledged, ${report.retries} retries, ${report.stops} stops
  imports      ${report.brought} chats
  generations  ${list(report.states)}
  readings     ${report.readings}, with ${report.events} events
  upstream     ${report.upstreamCalls} calls
  recovery     p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms from a fault's end to the next event
  settled      ${(report.settledMs / 1000).toFixed(1)} s after the last fault
  violations   ${report.violations.length}
  crashes      ${report.crashes.length}`);
  for (const { promise, id, what } of report.violations) console.log(`    promise ${promise}: ${id} ${what}`);
  for (const crash of report.crashes) console.log(`    ${crash}`);
  if (report.violations.length > 0 && report.errors) console.log(`\n${report.errors.slice(-8000)}`);
}
