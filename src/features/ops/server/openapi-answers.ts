/** Adds to every route of the OpenAPI document the errors it can answer, so that no route has to repeat them. */
import type { OpenAPIV3_1 } from 'openapi-types';
import { ERROR_CODES } from '#platform/errors.ts';

const answer = (description: string, schema = 'Error'): OpenAPIV3_1.ResponseObject => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
});

/** Under `components.responses`. */
export const answers = {
  InvalidInput: answer('The input cannot be used; `field` names what is wrong.'),
  Unauthenticated: answer('Nobody is signed in, or the API key is not valid.'),
  Forbidden: answer('Not for this kind of user, from another origin, or over a limit of chats.'),
  NotFound: answer('It does not exist, or it is not yours.'),
  Conflict: answer('The id is taken, or what is asked does not fit the state.'),
  TooLarge: answer('The body is larger than 10 MiB, or the text of the message larger than 1 MiB.'),
  RateLimited: answer('Too much at once; `retryAt` says when to try again.'),
  UpgradeRequired: answer('This address is a WebSocket; ask with `Upgrade: websocket`.'),
  Unavailable: answer('The queue is full or the database cannot be reached; nothing was saved.'),
  Refused: answer(
    'Refused in the same shape for another reason, such as a body that is no JSON; `code` says which.',
  ),
  Failed: answer('Our fault; it is in the log.'),
  OpenAiRefused: answer('Refused, in OpenAI’s words.', 'OpenAiError'),
  OpenAiFailed: answer('The model or Parley failed, in OpenAI’s words.', 'OpenAiError'),
};

const ERROR: OpenAPIV3_1.SchemaObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'detail', 'reason', 'params'],
      properties: {
        code: { type: 'string', enum: [...ERROR_CODES] },
        detail: { type: 'string', description: 'A sentence for people, in English.' },
        reason: {
          type: 'string',
          description: 'Names the sentence, for clients that say it in another language.',
        },
        params: {
          type: 'object',
          description: 'What the sentence says: texts and numbers by name.',
          additionalProperties: { type: ['string', 'number'] },
        },
        field: { type: 'string', description: 'Which part of the input is meant.' },
        retryAt: { type: 'string', format: 'date-time', description: 'When asking again makes sense.' },
        current: {
          type: 'object',
          description: 'With some conflicts: what is there now, instead of what the change began with.',
          additionalProperties: {},
        },
      },
    },
  },
};

const OPENAI_ERROR: OpenAPIV3_1.SchemaObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        param: { type: ['string', 'null'], description: 'Which part of the input is meant.' },
        code: { type: ['string', 'null'] },
      },
    },
  },
};

/** Routes whose answer is, or may be, the events of a generation. */
const STREAMING = new Set([
  'get /api/v1/generations/{generationId}/events',
  'post /api/v1/generations/{generationId}/retry',
  'post /api/v1/chats/{chatId}/messages',
  'post /api/v1/messages',
  'post /api/v1/messages/{messageId}/replies',
]);
const EVENT_STREAM: OpenAPIV3_1.ResponseObject = {
  description:
    'The events of the stream contract; always for `/events`, else with `Accept: text/event-stream`.',
  content: { 'text/event-stream': { schema: { type: 'string' } } },
};
const EXPORT: OpenAPIV3_1.ResponseObject = {
  description: 'The file: rows with a heading, or an array.',
  content: {
    'text/csv': { schema: { type: 'string' } },
    'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/LedgerEntry' } } },
  },
};
const FILE = { schema: { type: 'string' } } as const;
const CHATS_EXPORT: Record<string, OpenAPIV3_1.ResponseObject> = {
  '/api/v1/chats/export': {
    description: 'The file: a record `parley.chat/1` a line, an archive of them, or text to read.',
    content: { 'application/x-ndjson': FILE, 'application/zip': FILE, 'text/markdown': FILE },
  },
  '/api/v1/chats/{chatId}/export': {
    description: 'The file: the record `parley.chat/1`, or its shown branch to read.',
    content: {
      'application/json': { schema: { type: 'object', additionalProperties: true } },
      'text/markdown': FILE,
      'text/html': FILE,
      'text/plain': FILE,
    },
  },
};
const BYTES: OpenAPIV3_1.ResponseObject = {
  description: 'The bytes, as what they are.',
  content: { '*/*': { schema: { type: 'string' } } },
};
const CONTENT: Record<number, OpenAPIV3_1.ResponseObject> = {
  200: BYTES,
  206: { ...BYTES, description: 'The part that was asked for.' },
  416: { description: 'That part is not there.' },
};
const NOTHING_MORE = { description: 'You have the last event already.' };
const SWITCHED = {
  description:
    'A WebSocket of `{type, payload}` frames, both ways, as the stream contract has them: to send, `message`, `cancel`, `subscribe`, `ping`.',
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Operation = OpenAPIV3_1.OperationObject & { 'x-access'?: string; 'x-websocket'?: boolean };

/** The document with the errors of every route, and a name for each operation. */
export function addAnswers(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  document.components!.schemas = { ...document.components!.schemas, Error: ERROR, OpenAiError: OPENAI_ERROR };
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of METHODS) {
      const operation: Operation | undefined = item?.[method];
      if (!operation) continue;
      operation.operationId ??= nameOf(method, path);
      const errors = errorsOf(method, path, operation).map(([status, name]) => [status, refTo(name)]);
      operation.responses = {
        ...(operation['x-websocket'] ? { 101: SWITCHED } : operation.responses),
        ...(STREAMING.has(`${method} ${path}`) && { 200: EVENT_STREAM }),
        ...(path.endsWith('/events') && { 204: NOTHING_MORE }),
        ...(path.endsWith('/generations/export') && { 200: EXPORT }),
        ...(CHATS_EXPORT[path] && { 200: CHATS_EXPORT[path] }),
        ...(path.endsWith('/content') && CONTENT),
        ...Object.fromEntries(errors),
      };
    }
  return document;
}

const refTo = (name: keyof typeof answers) => ({ $ref: `#/components/responses/${name}` });

/**
 * What is told of every operation; the ranges stand for what any address can answer to a request that is none, such as a body
 * that is too large, on routes that take none as well.
 */
function errorsOf(
  method: string,
  path: string,
  operation: Operation,
): [status: string, name: keyof typeof answers][] {
  if (path.startsWith('/v1/'))
    return [
      ['401', 'OpenAiRefused'],
      ['4XX', 'OpenAiRefused'],
      ['5XX', 'OpenAiFailed'],
    ];
  const access = operation['x-access'];
  const errors: [string, keyof typeof answers][] = [];
  if (operation.parameters?.length || operation.requestBody) errors.push(['400', 'InvalidInput']);
  if (access !== 'public') errors.push(['401', 'Unauthenticated'], ['403', 'Forbidden']);
  if (operation.parameters?.some((parameter) => 'in' in parameter && parameter.in === 'path'))
    errors.push(['404', 'NotFound']);
  if (method !== 'get') errors.push(['409', 'Conflict']);
  errors.push(['413', 'TooLarge']);
  if (operation['x-websocket']) errors.push(['426', 'UpgradeRequired']);
  if (access !== 'public') errors.push(['429', 'RateLimited']);
  errors.push(['503', 'Unavailable'], ['4XX', 'Refused'], ['5XX', 'Failed']);
  return errors;
}

/** `get /api/v1/chats/{chatId}/messages` is named `getChatsByChatIdMessages`: unique, and readable in generated clients. */
function nameOf(method: string, path: string): string {
  const words = path
    .replace(/^\/(api\/)?v1\//, path.startsWith('/v1/') ? 'openai/' : '')
    .split(/[/.\-_]/)
    .filter(Boolean)
    .map((word) => (word.startsWith('{') ? `by-${word.slice(1, -1)}` : word));
  return [method, ...words.flatMap((word) => word.split('-'))]
    .map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('');
}
