/** Ends open streams when their principal may no longer be there: signed out, disabled, key revoked, role changed. */
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { onPrincipalsChanged } from './change-principals.ts';

type Watch = { principal: Principal; onRevoked: () => void };
type Watcher = { watches: Set<Watch>; timer: NodeJS.Timeout | undefined; checking: boolean; again: boolean };

const watchers = new WeakMap<Services, Watcher>();

/** Calls `onRevoked` once, within 2 s, when `principal` may no longer read; call the returned function at the end. */
export function watchPrincipal(services: Services, principal: Principal, onRevoked: () => void): () => void {
  const watcher = watcherOf(services);
  const watch = { principal, onRevoked };
  watcher.watches.add(watch);
  schedule(services, watcher);
  return () => {
    watcher.watches.delete(watch);
    if (watcher.watches.size === 0) {
      clearTimeout(watcher.timer);
      watcher.timer = undefined;
    }
  };
}

function watcherOf(services: Services): Watcher {
  const found = watchers.get(services);
  if (found) return found;
  const made: Watcher = { watches: new Set(), timer: undefined, checking: false, again: false };
  watchers.set(services, made);
  onPrincipalsChanged(services, () => void check(services, made));
  return made;
}

function schedule(services: Services, watcher: Watcher): void {
  watcher.timer ??= setTimeout(() => void check(services, watcher), services.clock.principalWatchMs).unref();
}

/** One check at a time; one that is asked for meanwhile is made right after, because it may have seen too little. */
async function check(services: Services, watcher: Watcher): Promise<void> {
  if (watcher.checking) {
    watcher.again = true;
    return;
  }
  watcher.checking = true;
  try {
    do {
      watcher.again = false;
      await endRevoked(services, watcher);
    } while (watcher.again);
  } catch (error) {
    // Not knowing is no reason to end a stream; the next check will know.
    services.log.warn({ err: error }, 'open streams could not be checked');
  } finally {
    watcher.checking = false;
    clearTimeout(watcher.timer);
    watcher.timer = undefined;
    if (watcher.watches.size > 0) schedule(services, watcher);
  }
}

async function endRevoked(services: Services, watcher: Watcher): Promise<void> {
  const watches = [...watcher.watches];
  if (watches.length === 0) return;
  const roles = await rolesOf(services, new Set(watches.map(proofOf)));
  for (const watch of watches)
    if (roles.get(proofOf(watch)) !== keyOf(watch.principal) && watcher.watches.delete(watch))
      watch.onRevoked();
}

const proofOf = ({ principal: { via } }: Watch): string =>
  via.kind === 'session' ? via.sessionId : via.apiKeyId;
const keyOf = ({ userId, role }: Principal): string => `${userId} ${role}`;

const STILL_GOOD = {
  name: 'principals-still-good',
  text: `SELECT p.id, u.id AS user_id, CASE WHEN u.is_anonymous THEN 'guest' ELSE u.role END AS role
         FROM (
           SELECT id, user_id FROM sessions WHERE id = ANY($1) AND expires_at > now()
           UNION ALL
           SELECT id, user_id FROM api_keys WHERE id = ANY($1) AND (expires_at IS NULL OR expires_at > now())
         ) p JOIN users u ON u.id = p.user_id
         WHERE u.disabled_at IS NULL`,
};

async function rolesOf({ db }: Services, proofs: Set<string>): Promise<Map<string, string>> {
  const { rows } = await db.$client.query<{ id: string; user_id: string; role: string }>({
    ...STILL_GOOD,
    values: [[...proofs]],
  });
  return new Map(rows.map((row) => [row.id, `${row.user_id} ${row.role}`]));
}
