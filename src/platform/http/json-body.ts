/** Reads JSON bodies: no prototype pollution, no nesting that overflows a stack further in. */
import { type AppError, invalidInput } from '#platform/errors.ts';
import { say } from '../say.ts';
import type { App } from './app.ts';

/** Above it the answer is 413. Larger than a message may be, so that imports and metadata fit. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
/** Deeper than any body of ours, far shallower than what recursive code can take. */
const MAX_DEPTH = 100;

/** Replaces Fastify's JSON parser. An empty body counts as none, because many clients name a type they do not send. */
export function readJsonBodies(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined);
    parse(request, text as string, (error, body) => {
      if (error) return done(invalidInput('body', say('body_not_json')), undefined);
      const problem = depthProblem(body);
      if (problem) done(problem, undefined);
      else done(null, body);
    });
  });
}

/** Why a parsed value is nested too deep to be looked into; null when it is not. For whatever comes in, by whatever channel. */
export const depthProblem = (value: unknown): AppError | null =>
  isDeeperThan(value, MAX_DEPTH) ? invalidInput('body', say('body_too_deep', { levels: MAX_DEPTH })) : null;

/** Level by level rather than by recursion, which is what deep input is meant to break. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels; depth++) {
    const next: unknown[] = [];
    for (const item of level)
      if (item && typeof item === 'object')
        for (const inner of Object.values(item)) if (inner && typeof inner === 'object') next.push(inner);
    if (next.length === 0) return false;
    level = next;
  }
  return true;
}
