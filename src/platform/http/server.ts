/** Builds the HTTP server: validation by the routes' own schemas, one error shape, one access rule per route. */
import Fastify, { type FastifyError } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { AppError, type ErrorBody } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { isUnavailable } from '../database/database.ts';
import type { App } from './app.ts';

/** Above it the answer is 413. Larger than a message may be, so that imports and metadata fit. */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/** A server without routes yet; features add theirs, then `listen`. */
export function createHttpServer(services: Services): App {
  const app = Fastify({
    loggerInstance: services.log,
    disableRequestLogging: true,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: services.config.trustProxy,
    genReqId: () => newId(),
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>() as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    if (!route.config?.access)
      throw new Error(`The route ${String(route.method)} ${route.url} states no access rule.`);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const answer = toAppError(error);
    if (answer.status >= 500) request.log.error({ err: error }, 'a request failed');
    if (answer.retryAt)
      reply.header('retry-after', Math.max(1, Math.ceil((answer.retryAt.getTime() - Date.now()) / 1000)));
    return reply.status(answer.status).send({ error: answer.body() });
  });
  app.setNotFoundHandler((_request, reply) => {
    const body: ErrorBody = { code: 'not_found', detail: 'There is nothing at this address.' };
    return reply.status(404).send({ error: body });
  });
  return app;
}

/** Any error as an answer for people; what is not known to be theirs to see becomes a plain 500. */
export function toAppError(error: FastifyError | Error): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0]!;
    const field = first.instancePath.replace(/^\//, '').replaceAll('/', '.') || 'body';
    return new AppError('invalid_input', `${field}: ${first.message ?? 'is not valid'}.`, { field });
  }
  if (isUnavailable(error))
    return new AppError(
      'unavailable',
      'The database cannot be reached at the moment. Nothing was saved; try again shortly.',
      {
        retryAt: new Date(Date.now() + 2000),
      },
    );
  const status = (error as FastifyError).statusCode;
  if (status === 413) return new AppError('too_large', 'The body is larger than 10 MiB.');
  if (status && status >= 400 && status < 500)
    return new AppError('invalid_input', error.message, { field: 'body' });
  return new AppError('internal', 'Something went wrong on our side. It was written to the log.', {
    cause: error,
  });
}
