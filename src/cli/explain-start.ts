import { type Config, ConfigError } from '#config';
import { isUnavailable, sqlState } from '#platform/database/database.ts';
import type { Speech } from './speech.ts';

/** The common mishaps of a start as sentences that name the variable to change; other errors as they are. */
export function explainStart(
  error: unknown,
  { host, port, databaseUrl }: Config,
  { words }: Speech,
): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    if (code === 'EADDRINUSE')
      return new ConfigError(words('port_taken', { port: String(port), host, next: String(port + 1) }));
    if (code === 'EACCES') return new ConfigError(words('port_forbidden', { port: String(port) }));
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      return new ConfigError(words('host_unknown', { host }));
  }
  const state = sqlState(error) ?? '';
  const refused = state.startsWith('28') || state.startsWith('3D');
  if (databaseUrl && (refused || isUnavailable(error))) {
    const { hostname, pathname } = new URL(databaseUrl);
    const problem = (error as Error).message;
    return new ConfigError(words('database_unusable', { name: pathname.slice(1), host: hostname, problem }));
  }
  return error;
}
