/** The admins' view of the queue. */
import type { Health } from '#features/endpoints/endpoints.ts';
import { presentHealth } from '#features/endpoints/server/index.ts';
import type { GenerationState } from '#features/generations/generations.ts';
import { className, estimateWait, queueOrder, servicePace } from '#features/generations/server/index.ts';
import type { Stage } from '#features/generations/stream-events.ts';
import type { Database } from '#platform/database/database.ts';
import type { Detail } from '#platform/sentences.ts';
import type { Dashboard, DashboardRange, EndpointBoard } from '../dashboard.ts';
import type { ReadRecentWork } from './dashboard-work.ts';

/** Of a longer line the first ones are shown; the count tells how many there are. */
const WAITING_SHOWN = 200;

type Endpoint = Pick<EndpointBoard, 'name' | 'slots' | 'maxQueued' | 'enabled' | 'paused' | 'draining'> & {
  id: string;
  health: Health['status'];
  healthSince: Date | null;
  healthProblem: Detail | null;
};
type Live = {
  id: string;
  endpointId: string;
  state: GenerationState;
  stage: Stage | null;
  chatId: string | null;
  userId: string;
  userName: string;
  class: number;
  modelId: string;
  client: string;
  queuedAt: Date;
  startedAt: Date | null;
};

/** Every endpoint with what runs and waits there now, and what ended there in the range up to now. */
export async function readDashboard(
  db: Database,
  recentWork: ReadRecentWork,
  range: DashboardRange,
): Promise<Dashboard> {
  const [endpoints, { span, workAt }] = await Promise.all([readEndpoints(db), recentWork(range)]);
  const items = await Promise.all(
    endpoints.map(async (endpoint) => ({
      ...presentEndpoint(endpoint),
      ...(await readLine(db, endpoint.id)),
      ...workAt(endpoint.id),
    })),
  );
  const { from, to, bucketSeconds } = span;
  const now = new Date().toISOString();
  return { range, from: from.toISOString(), to: to.toISOString(), now, bucketSeconds, items };
}

async function readEndpoints(db: Database): Promise<Endpoint[]> {
  const { rows } = await db.$client.query<Endpoint>({
    name: 'dashboard-endpoints',
    text: `SELECT id, name, slots, max_queued AS "maxQueued", enabled, paused_at IS NOT NULL AS paused,
        draining_at IS NOT NULL AS draining, health, health_since AS "healthSince", health_problem AS "healthProblem"
      FROM endpoints ORDER BY (kind = 'scripted'), name`,
  });
  return rows;
}

const presentEndpoint = ({ id, health, healthSince, healthProblem, ...rest }: Endpoint) => ({
  endpointId: id,
  ...rest,
  health: presentHealth({ health, healthSince, healthProblem }),
});

async function readLine(
  db: Database,
  endpointId: string,
): Promise<Pick<EndpointBoard, 'running' | 'waiting' | 'waitingCount'>> {
  const [line, pace] = await Promise.all([
    queueOrder(db.$client, endpointId),
    servicePace(db.$client, endpointId),
  ]);
  const shown = line.slice(0, WAITING_SHOWN);
  const live = await readLive(
    db,
    endpointId,
    shown.map(({ id }) => id),
  );
  const byId = new Map(live.map((row) => [row.id, row]));
  return {
    running: live
      .filter((row) => row.state === 'running')
      .map((row) => ({
        ...presentLive(row),
        startedAt: (row.startedAt ?? row.queuedAt).toISOString(),
        stage: row.stage ?? 'thinking',
      })),
    waitingCount: line.length,
    waiting: shown.flatMap(({ id, position }) => {
      const row = byId.get(id);
      // It may have started since the line was read.
      if (row?.state !== 'queued') return [];
      return [{ ...presentLive(row), position, etaSeconds: estimateWait(position, pace) }];
    }),
  };
}

async function readLive(db: Database, endpointId: string, waiting: readonly string[]): Promise<Live[]> {
  const { rows } = await db.$client.query<Live>({
    name: 'dashboard-live',
    text: `SELECT g.id, g.endpoint_id AS "endpointId", g.state, g.stage, g.chat_id AS "chatId", g.user_id AS "userId",
        u.name AS "userName", g.class, g.model_id AS "modelId", g.client, g.queued_at AS "queuedAt",
        g.started_at AS "startedAt"
      FROM (SELECT * FROM generations WHERE endpoint_id = $1 AND state = 'running'
            UNION ALL SELECT * FROM generations WHERE id = ANY ($2::uuid[]) AND state = 'queued') g
      JOIN users u ON u.id = g.user_id ORDER BY g.started_at`,
    values: [endpointId, waiting],
  });
  return rows;
}

const presentLive = (row: Live) => ({
  generationId: row.id,
  chatId: row.chatId,
  user: { id: row.userId, name: row.userName },
  class: className(row.class),
  model: row.modelId,
  client: row.client,
  queuedAt: row.queuedAt.toISOString(),
});
