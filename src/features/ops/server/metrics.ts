/** What Prometheus reads. Every name is explained in docs/metrics.md. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type GenerationsRuntime, observeGenerations } from '#features/generations/server/index.ts';
import type { Database } from '#platform/database/database.ts';

/** Seconds. From what an idle machine does to the longest a queue may hold. */
const WAIT_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
const FLUSH_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export type Metrics = {
  /** Everything in Prometheus' text format; the queue's gauges are read from the database for it. */
  read(): Promise<string>;
  readonly contentType: string;
  readonly names: readonly string[];
  close(): void;
};

/** Starts counting. `sockets`: how many WebSockets are open in this process. */
export function startMetrics(runtime: GenerationsRuntime, sockets: () => number): Metrics {
  const { services, delivery } = runtime;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, help: string, labelNames: string[] = [], collect?: (this: Gauge) => void) =>
    new Gauge({ name, help, labelNames, registers, ...(collect && { collect }) });
  const seconds = (name: string, help: string, labelNames: string[], buckets = WAIT_BUCKETS) =>
    new Histogram({ name, help, labelNames, registers, buckets });

  const ended = counter('parley_generations_total', 'Generations that ended in this process.', [
    'endpoint',
    'state',
    'code',
  ]);
  const tokens = counter('parley_tokens_total', 'Tokens of generations that ended in this process.', [
    'endpoint',
    'direction',
  ]);
  const wait = seconds('parley_queue_wait_seconds', 'Time in line.', ['endpoint']);
  const firstToken = seconds('parley_first_token_seconds', 'Start to first token.', ['endpoint']);
  const duration = seconds('parley_generation_seconds', 'Start to end.', ['endpoint']);
  const flush = seconds('parley_event_flush_seconds', 'Logging events, one go.', [], FLUSH_BUCKETS);
  const slots = gauge('parley_slots', 'Generations that may run at once.', ['endpoint']);
  const running = gauge('parley_running', 'Generations that run.', ['endpoint']);
  const waiting = gauge('parley_waiting', 'Generations in line.', ['endpoint', 'class']);
  const up = gauge('parley_endpoint_up', '1 while the endpoint answers, else 0.', ['endpoint']);
  const databaseUp = gauge('parley_database_up', '1 while the database answers, else 0.');
  gauge('parley_readers', 'Streams of generations that are read in this process.', [], function () {
    this.set(delivery.readers);
  });
  gauge('parley_sockets', 'WebSockets open in this process.', [], function () {
    this.set(sockets());
  });
  gauge('parley_database_connections', 'Connections of this process.', ['use'], function () {
    const { totalCount, idleCount, waitingCount } = services.db.$client;
    this.set({ use: 'busy' }, totalCount - idleCount);
    this.set({ use: 'idle' }, idleCount);
    this.set({ use: 'awaited' }, waitingCount);
  });

  const stop = observeGenerations(services.bus, {
    ended(generation) {
      // The endpoint's name, which people know it by.
      const endpoint = generation.modelId.slice(0, generation.modelId.indexOf('/'));
      ended.inc({ endpoint, state: generation.state, code: generation.code ?? '' });
      tokens.inc({ endpoint, direction: 'input' }, generation.inputTokens ?? 0);
      tokens.inc({ endpoint, direction: 'output' }, generation.outputTokens ?? 0);
      if (generation.waitMs !== null) wait.observe({ endpoint }, generation.waitMs / 1000);
      if (generation.ttftMs !== null) firstToken.observe({ endpoint }, generation.ttftMs / 1000);
      if (generation.durationMs !== null) duration.observe({ endpoint }, generation.durationMs / 1000);
    },
    flushed: (ms) => flush.observe(ms / 1000),
  });

  async function readQueue(): Promise<void> {
    for (const each of [slots, running, waiting, up]) each.reset();
    try {
      for (const line of await readLines(services.db)) {
        const { endpoint } = line;
        slots.set({ endpoint }, line.slots);
        running.set({ endpoint }, line.running);
        waiting.set({ endpoint, class: 'interactive' }, line.interactive);
        waiting.set({ endpoint, class: 'batch' }, line.batch);
        waiting.set({ endpoint, class: 'background' }, line.background);
        up.set({ endpoint }, line.down ? 0 : 1);
      }
      databaseUp.set(1);
    } catch (error) {
      // What this process counted itself is told all the same.
      services.log.warn({ err: error }, 'the queue could not be read for the metrics');
      databaseUp.set(0);
    }
  }

  return {
    async read() {
      await readQueue();
      return registry.metrics();
    },
    contentType: registry.contentType,
    names: registry.getMetricsAsArray().map((metric) => metric.name),
    close() {
      stop();
      registry.clear();
    },
  };
}

type Line = {
  endpoint: string;
  slots: number;
  down: boolean;
  running: number;
  interactive: number;
  batch: number;
  background: number;
};

async function readLines(db: Database): Promise<Line[]> {
  const { rows } = await db.$client.query<Line>({
    name: 'metrics-lines',
    text: `SELECT e.name AS endpoint, e.slots, e.health = 'down' AS down,
        count(*) FILTER (WHERE g.state = 'running')::int AS running,
        count(*) FILTER (WHERE g.state = 'queued' AND g.class <= 0)::int AS interactive,
        count(*) FILTER (WHERE g.state = 'queued' AND g.class = 1)::int AS batch,
        count(*) FILTER (WHERE g.state = 'queued' AND g.class > 1)::int AS background
      FROM endpoints e LEFT JOIN generations g ON g.endpoint_id = e.id AND g.state IN ('queued', 'running')
      WHERE e.enabled GROUP BY e.id`,
  });
  return rows;
}
