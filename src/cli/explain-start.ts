import { type Config, ConfigError } from '#config';
import { isUnavailable, sqlState } from '#platform/database/database.ts';

/** The common mishaps of a start as sentences that name the variable to change; other errors as they are. */
export function explainStart(error: unknown, { host, port, databaseUrl }: Config): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    if (code === 'EADDRINUSE')
      return new ConfigError(
        `PORT: port ${port} is already in use on ${host}. Stop what uses it, or choose another: PORT=${port + 1} npm start`,
      );
    if (code === 'EACCES')
      return new ConfigError(`PORT: this user may not listen on port ${port}. Choose one above 1023.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      return new ConfigError(`HOST: ${host} is not an address of this machine.`);
  }
  const state = sqlState(error) ?? '';
  const refused = state.startsWith('28') || state.startsWith('3D');
  if (databaseUrl && (refused || isUnavailable(error))) {
    const { hostname, pathname } = new URL(databaseUrl);
    return new ConfigError(
      `DATABASE_URL: the database ${pathname.slice(1)} at ${hostname} cannot be used (${(error as Error).message}). Without DATABASE_URL Parley brings its own.`,
    );
  }
  return error;
}
