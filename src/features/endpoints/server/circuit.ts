/**
 * The circuit of an endpoint. Closed: generations start. Open: none does, they wait, and the server is left in peace
 * until `retry_at`. Then its model list is asked for (`probe-circuits.ts`); once that answers the circuit is being
 * tried: one generation at a time starts, and its first token closes the circuit, while its failure opens it again
 * for twice as long.
 */
import { type Sentence, toDetail } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import type { ProviderFailure } from '#providers/provider.ts';
import { tellEndpointChanged } from './endpoint-changed.ts';
import { providerFor } from './provider-for.ts';
import { say } from './say.ts';
import { setHealth } from './set-health.ts';
import { wakeEndpoint } from './wake.ts';

/** In a row, each after the retries that a generation has. */
export const FAILURES_TO_OPEN = 5;

/** SQL over a row of `endpoints` (`e`): nothing may start there, because its circuit is open. */
export const CIRCUIT_OPEN = `(e.retry_at IS NOT NULL AND (e.retry_at > now() OR e.health = 'down'))`;

/** True for failures that say something about the server, not about what it was asked: it is away, broken or overrun. */
export const isSick = ({ code, retryable, loading }: ProviderFailure): boolean =>
  retryable &&
  !loading &&
  (code === 'endpoint_unreachable' || code === 'endpoint_error' || code === 'bad_stream');

/**
 * A generation failed before its first token for the server's fault; `problem` says how. What was begun before the
 * circuit opened is no news. The scripted model fails only when told to, and has no circuit.
 */
export const noteFailure = (services: Services, endpointId: string, problem: Sentence): Promise<void> =>
  fail(services, endpointId, problem, `kind <> 'scripted' AND (retry_at IS NULL OR retry_at <= now())`);

/** The model list could not be read when the circuit was to be tried: it stays open, for longer. */
export const noteFailedProbe = (services: Services, endpointId: string, problem: Sentence): Promise<void> =>
  fail(services, endpointId, problem, 'retry_at IS NOT NULL');

const OPENS = `failures + 1 >= ${FAILURES_TO_OPEN}`;

async function fail(
  services: Services,
  endpointId: string,
  problem: Sentence,
  condition: string,
): Promise<void> {
  const { circuitFirstWaitMs, circuitLongestWaitMs } = services.clock;
  // Jittered, so that processes do not ask in step.
  const jitter = 0.75 + Math.random() / 2;
  const { rows } = await services.db.$client.query<{ open: boolean }>(
    `UPDATE endpoints SET failures = failures + 1,
       retry_at = CASE WHEN ${OPENS} THEN now() + make_interval(secs => $3::float8 * least($4::float8,
         $5::float8 * power(2, least(10, failures + 1 - ${FAILURES_TO_OPEN})))) END,
       health = CASE WHEN ${OPENS} THEN 'down' ELSE health END,
       health_problem = CASE WHEN ${OPENS} THEN $2::jsonb ELSE health_problem END,
       health_since = CASE WHEN ${OPENS} AND health <> 'down' THEN now() ELSE health_since END
     WHERE id = $1 AND ${condition} RETURNING retry_at IS NOT NULL AS open`,
    [
      endpointId,
      JSON.stringify(toDetail(problem)),
      jitter,
      circuitLongestWaitMs / 1000,
      circuitFirstWaitMs / 1000,
    ],
  );
  if (!rows[0]) return;
  tellEndpointChanged(services, endpointId);
  if (!rows[0].open) return;
  services.log.warn(
    { endpointId, detail: problem.text },
    'an endpoint keeps failing; nothing is started there for a while',
  );
  // Nothing will start, but those who wait are to be told why.
  await wakeEndpoint(services, endpointId);
}

/** The server answered as one that works does: what failed before is forgotten, and the circuit closes. */
export async function noteSuccess(services: Services, endpointId: string): Promise<void> {
  const served = await providerFor(services, endpointId);
  if (!served) return;
  const { failures, retryAt, health } = served.endpoint;
  if (failures === 0 && retryAt === null && health !== 'loading') return;
  const { rowCount } = await services.db.$client.query(
    `UPDATE endpoints SET failures = 0, retry_at = NULL, health = 'up', health_problem = NULL,
       health_since = CASE WHEN health = 'up' THEN health_since ELSE now() END
     WHERE id = $1 AND (failures > 0 OR retry_at IS NOT NULL OR health = 'loading')`,
    [endpointId],
  );
  if (!rowCount) return;
  tellEndpointChanged(services, endpointId);
  await wakeEndpoint(services, endpointId);
}

/** The server says that it loads the model: those who wait there are told so. The scripted model only plays it. */
export async function noteLoading(services: Services, endpointId: string): Promise<void> {
  const served = await providerFor(services, endpointId);
  if (!served || served.endpoint.kind === 'scripted' || served.endpoint.health === 'loading') return;
  await setHealth(services, endpointId, 'loading', say('endpoint_loads'));
  await wakeEndpoint(services, endpointId);
}

/** The list was read: one that is open may be tried at once. */
export async function letTry(services: Services, endpointId: string): Promise<void> {
  await services.db.$client.query(
    'UPDATE endpoints SET retry_at = now() WHERE id = $1 AND retry_at > now()',
    [endpointId],
  );
}
