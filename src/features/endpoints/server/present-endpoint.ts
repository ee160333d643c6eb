import type { Detail } from '#platform/sentences.ts';
import { DEFAULT_TIMEOUTS, type Endpoint, type Health } from '../endpoints.ts';
import type { EndpointRow } from './read-endpoint.ts';

type HealthColumns = { health: Health['status']; healthSince: Date | null; healthProblem: Detail | null };

/** Health as everybody may read it. */
export const presentHealth = (row: HealthColumns): Health => ({
  status: row.health,
  since: row.healthSince?.toISOString() ?? null,
  ...(row.healthProblem ?? { detail: '' }),
});

/** An endpoint as admins see it: without its key, and with all four timeouts. */
export const presentEndpoint = (row: EndpointRow): Endpoint => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  baseUrl: row.baseUrl,
  hasApiKey: row.apiKeyEncrypted !== null,
  slots: row.slots,
  maxQueued: row.maxQueued,
  enabled: row.enabled,
  paused: row.pausedAt !== null,
  draining: row.drainingAt !== null,
  health: presentHealth(row),
  lastError: row.lastError,
  timeouts: { ...DEFAULT_TIMEOUTS, ...row.timeouts },
  windows: row.windows,
  source: row.source,
  createdAt: row.createdAt.toISOString(),
});
