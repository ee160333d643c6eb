/** Refuses addresses that hold what the database cannot keep, before any handler sees them. */
import { AppError, invalidInput } from '#platform/errors.ts';
import type { App } from './app.ts';

/** Adds the rule to all routes: NUL or half a surrogate pair in the query is 400, in a path id 404. */
export function refuseUncleanAddresses(app: App): void {
  app.addHook('preValidation', async (request) => {
    for (const value of Object.values((request.params ?? {}) as Record<string, unknown>))
      if (!isClean(value)) throw new AppError('not_found', 'There is no such thing, or it is not yours.');
    for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>))
      for (const one of Array.isArray(value) ? value : [value])
        if (!isClean(one) || !isClean(name))
          throw invalidInput(
            isClean(name) ? name : 'query',
            'The address holds characters that cannot be kept.',
          );
  });
}

const isClean = (value: unknown): boolean =>
  typeof value !== 'string' || (!value.includes('\0') && value.isWellFormed());
