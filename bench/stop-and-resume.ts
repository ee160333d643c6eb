/** How long until a stop has closed the upstream's socket, and until a reader that comes back has what it missed. */
import { percentile, printTable } from './harness/figures.ts';
import { type Ground, onGround, type RunOptions, scaled, sleep } from './harness/run.ts';
import { openStream, readStream } from './harness/streams.ts';

const SAMPLES = 60;
/** How long a reader is away. */
const AWAY_MS = 300;

export const stopAndResume = (options: RunOptions): Promise<void> =>
  onGround(options, async (ground) => {
    const stops: number[] = [];
    const resumes: number[] = [];
    for (let n = 0; n < scaled(SAMPLES, options, 5); n++) {
      const { resumedMs, stoppedMs } = await once(ground, `s${n}`);
      resumes.push(resumedMs);
      stops.push(stoppedMs);
    }
    printTable(`Stop and reconnect, ${stops.length} times`, [
      { what: 'stop → upstream closed, p50', unit: 'ms', value: percentile(stops, 0.5), aim: 20 },
      { what: 'stop → upstream closed, p95', unit: 'ms', value: percentile(stops, 0.95), must: 100 },
      { what: 'reconnect → missing text, p50', unit: 'ms', value: percentile(resumes, 0.5), aim: 100 },
      { what: 'reconnect → missing text, p95', unit: 'ms', value: percentile(resumes, 0.95), must: 300 },
    ]);
  });

async function once({ parley, upstream }: Ground, mark: string) {
  // One person at a time, so that the cookie is known.
  const { cookie } = parley.people[0]!;
  const relay = {
    ...parley.relay,
    ask: (prompt: string) => ({
      ...parley.relay.ask(prompt),
      headers: { accept: 'text/event-stream', cookie },
    }),
  };
  let lastId = '';
  const remember = (text: string) => {
    lastId = [...text.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? lastId;
  };
  const first = openStream(relay, `tokens=5000 rate=50 mark=${mark}`, { onEvent: remember });
  while (!lastId.match(/:[5-9]$|:\d\d/)) await sleep(5);
  first.cut();
  await sleep(AWAY_MS);

  const [generationId] = lastId.split(':');
  const url = `${parley.url}/api/v1/generations/${generationId}`;
  const backAt = performance.now();
  let resumedMs = Number.NaN;
  const second = readStream('GET', `${url}/events`, { cookie, 'last-event-id': lastId }, undefined, {
    onToken: () => {
      if (Number.isNaN(resumedMs)) resumedMs = performance.now() - backAt;
    },
  });
  while (Number.isNaN(resumedMs)) await sleep(2);

  const stoppedAt = Number(process.hrtime.bigint() / 1000n);
  const answer = await fetch(`${url}/cancel`, { method: 'POST', headers: { cookie } });
  if (answer.status !== 200) throw new Error(await answer.text());
  await second.done;
  let closedAt: number | null = null;
  while (closedAt === null) {
    const seen = (await (await fetch(`${upstream.url}/seen/${mark}`)).json()) as { closedAt: number | null };
    closedAt = seen.closedAt;
    if (closedAt === null) await sleep(5);
  }
  return { resumedMs, stoppedMs: (closedAt - stoppedAt) / 1000 };
}
