/** Reads JSON bodies: no prototype pollution, and no more structure than can be read without keeping everybody waiting. */
import { type AppError, invalidInput } from '#platform/errors.ts';
import { excessOf, MAX_DEPTH, MAX_VALUES } from '../bounded-json.ts';
import { say } from '../say.ts';
import type { App } from './app.ts';

/** Above it the answer is 413. Larger than a message may be, so that imports and metadata fit. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/** Replaces Fastify's JSON parser. An empty body counts as none, because many clients name a type they do not send. */
export function readJsonBodies(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined);
    const refused = refusalOf(text as string);
    if (refused) return done(refused, undefined);
    parse(request, text as string, (error, body) => {
      if (error) return done(invalidInput('body', say('body_not_json')), undefined);
      done(null, body);
    });
  });
}

/** 400 for JSON, of a body or a frame of a socket, that has too much structure to be read. */
export function refusalOf(json: string): AppError | null {
  const excess = excessOf(json);
  if (!excess) return null;
  const sentence =
    excess === 'depth'
      ? say('body_too_deep', { levels: MAX_DEPTH })
      : say('body_too_many_values', { values: MAX_VALUES });
  return invalidInput('body', sentence);
}
