/** Refuses addresses that hold what the database cannot keep, before any handler sees them. */
import { invalidInput, notFound } from '#platform/errors.ts';
import { say } from '../say.ts';
import type { App } from './app.ts';

/** Adds the rule to all routes: NUL or half a surrogate pair in the query is 400, in a path id 404. */
export function refuseUncleanAddresses(app: App): void {
  app.addHook('preValidation', async (request) => {
    for (const value of Object.values((request.params ?? {}) as Record<string, unknown>))
      if (!isClean(value)) throw notFound(say('not_there'));
    for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>))
      for (const one of Array.isArray(value) ? value : [value])
        if (!isClean(one) || !isClean(name))
          throw invalidInput(isClean(name) ? name : 'query', say('address_not_storable'));
  });
}

const isClean = (value: unknown): boolean =>
  typeof value !== 'string' || (!value.includes('\0') && value.isWellFormed());
