/** Ends open streams when their principal may no longer be there: signed out, disabled, key revoked, role changed. */
import type { Principal } from '#platform/principal.ts';
import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import { onPrincipalsChanged } from './change-principals.ts';
import { keyHolds, ROLE_OF_KEY } from './find-principal.ts';

type Watch = { principal: Principal; onRevoked: () => void };

/** Looks after the open streams of a process. */
export type PrincipalWatch = {
  /** Calls `onRevoked` once, within 2 s, when `principal` may no longer read; call the returned function at the end. */
  watch(principal: Principal, onRevoked: () => void): () => void;
  close(): Promise<void>;
};

/** Begins watching: all streams of the process in one query, asked only while there are any. */
export function createPrincipalWatch(services: Services): PrincipalWatch {
  const watches = new Set<Watch>();
  const looking = repeat(
    () => endRevoked(services, watches),
    services.clock.principalWatchMs,
    // Not knowing is no reason to end a stream; the next look will know.
    (error) => services.log.warn({ err: error }, 'open streams could not be checked'),
  );
  onPrincipalsChanged(services, looking.soon);
  return {
    watch(principal, onRevoked) {
      const one = { principal, onRevoked };
      watches.add(one);
      return () => void watches.delete(one);
    },
    close: looking.stop,
  };
}

async function endRevoked(services: Services, open: Set<Watch>): Promise<void> {
  const watches = [...open];
  if (watches.length === 0) return;
  const roles = await rolesOf(services, new Set(watches.map(proofOf)));
  for (const watch of watches)
    if (roles.get(proofOf(watch)) !== keyOf(watch.principal) && open.delete(watch)) watch.onRevoked();
}

/** Nobody watches as who asked earlier. */
const proofOf = ({ principal: { via } }: Watch): string =>
  via.kind === 'session' ? via.sessionId : via.kind === 'api-key' ? via.apiKeyId : '';
const keyOf = ({ userId, role }: Principal): string => `${userId} ${role}`;

const STILL_GOOD = {
  name: 'principals-still-good',
  text: `SELECT s.id, u.id AS user_id, CASE WHEN u.is_anonymous THEN 'guest' ELSE u.role END AS role
         FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.id = ANY($1) AND s.expires_at > now() AND u.disabled_at IS NULL
         UNION ALL
         SELECT k.id, u.id, ${ROLE_OF_KEY}
         FROM api_keys k JOIN users u ON u.id = k.user_id
         WHERE k.id = ANY($1) AND ${keyHolds('$2')} AND u.disabled_at IS NULL`,
};

async function rolesOf({ db, config }: Services, proofs: Set<string>): Promise<Map<string, string>> {
  const { rows } = await db.$client.query<{ id: string; user_id: string; role: string }>({
    ...STILL_GOOD,
    values: [[...proofs], config.apiKeyIdleDays],
  });
  return new Map(rows.map((row) => [row.id, `${row.user_id} ${row.role}`]));
}
