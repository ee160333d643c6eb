/** Keeps one address from holding all connections there can be. */
import type { Server, Socket } from 'node:net';
import type { Config } from '#config';
import type { Logger } from '#platform/log.ts';
import { seldom } from '#platform/log.ts';
import { addressKey } from './address.ts';
import { trustIn } from './trusted-proxies.ts';

/** Far above what the people behind one address need, and a few of them together below what a process may have open. */
export const MAX_CONNECTIONS_PER_ADDRESS = 3_000;

/**
 * Closes connections of an address that has too many. It counts who connects, because nothing was said yet of who it is for;
 * a trusted proxy has everybody behind it and is not counted, nor is anybody where proxies are told by their number: then
 * only proxies connect. With RATE_LIMITS off there is no limit.
 */
export function limitConnections(
  server: Server,
  { trustProxy, rateLimits }: Pick<Config, 'trustProxy' | 'rateLimits'>,
  log: Logger,
  most = MAX_CONNECTIONS_PER_ADDRESS,
): void {
  if (!rateLimits) return;
  const isProxy = trustIn(trustProxy);
  const open = new Map<string, number>();
  const warn = seldom((dropped, address: string) =>
    log.warn({ address, dropped }, 'connections of an address that has too many open were closed'),
  );
  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined || isProxy(remoteAddress, 0)) return;
    const key = addressKey(remoteAddress);
    const count = open.get(key) ?? 0;
    if (count >= most) {
      warn(key);
      socket.destroy();
      return;
    }
    open.set(key, count + 1);
    socket.once('close', () => {
      const left = open.get(key)! - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    });
  });
}
