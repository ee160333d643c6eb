import { describe, expect, test } from 'vitest';
import { failureOfServerError, isLoading, parseRetryAfter, readServerError } from './failures.ts';

test.each([
  ['2', 2_000],
  ['0', 0],
  ['1.5', 1_500],
  ['-3', 0],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['999999999', 86_400_000],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (value, expected) => {
  expect(parseRetryAfter(value, 1_000)).toBe(expected);
});

describe('the error shapes of servers in the field', () => {
  test.each([
    // OpenAI
    [
      404,
      '{"error":{"message":"The model `gpt-9` does not exist","type":"invalid_request_error","code":"model_not_found"}}',
      'model_missing',
    ],
    [
      429,
      '{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}',
      'endpoint_rate_limited',
    ],
    [
      400,
      '{"error":{"message":"This model\'s maximum context length is 128000 tokens","code":"context_length_exceeded"}}',
      'context_too_long',
    ],
    // Ollama
    [404, '{"error":"model \'llama9\' not found"}', 'model_missing'],
    // LM Studio
    [400, '{"error":"No models loaded. Please load a model in the developer page"}', 'model_missing'],
    [
      400,
      '{"error":"Trying to keep the first 4100 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens"}',
      'context_too_long',
    ],
    // llama.cpp
    [
      400,
      '{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}',
      'context_too_long',
    ],
    // vLLM
    [
      404,
      '{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","code":404}',
      'model_missing',
    ],
    // FastAPI
    [422, '{"detail":"Field required"}', 'endpoint_error'],
    // Anthropic
    [
      401,
      '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
      'endpoint_auth',
    ],
    [
      400,
      '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}',
      'context_too_long',
    ],
    [529, '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', 'endpoint_error'],
    [502, '<html><h1>Bad Gateway</h1></html>', 'endpoint_error'],
    [500, '', 'endpoint_error'],
  ])('%s %s', (status, body, code) => {
    expect(failureOfServerError(readServerError(status, body), 'm').code).toBe(code);
  });

  test('inside a stream, without a status', () => {
    const failure = (message: string, code = '') =>
      failureOfServerError({ status: null, message, code }, 'm').code;
    expect(failure('Overloaded', 'overloaded_error')).toBe('endpoint_error');
    expect(failure('slow down', 'rate_limit_error')).toBe('endpoint_rate_limited');
    expect(failure('model m not found')).toBe('model_missing');
  });
});

test('a quota that is used up is not worth asking again, a full minute is', () => {
  const retryable = (code: string) => failureOfServerError({ status: 429, message: '', code }, 'm').retryable;
  expect(retryable('insufficient_quota')).toBe(false);
  expect(retryable('rate_limit_exceeded')).toBe(true);
});

test('loading is told from other 503s', () => {
  expect(
    isLoading(
      readServerError(503, '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}'),
    ),
  ).toBe(true);
  expect(
    isLoading(
      readServerError(503, '{"error":"Model bigscience/bloom is currently loading","estimated_time":20}'),
    ),
  ).toBe(true);
  expect(isLoading(readServerError(503, '{"error":"overloaded"}'))).toBe(false);
  expect(isLoading(readServerError(500, 'Loading model'))).toBe(false);
});

test('what a server said itself is kept apart from what everybody is told', () => {
  const moved = { status: 302, message: 'See there', code: '', location: 'http://inside.example/v1' };
  const { sentence, said } = failureOfServerError(moved, 'm');
  expect(sentence).toMatchObject({ reason: 'server_moved', params: { status: 302 } });
  expect(sentence.text).not.toContain('inside');
  expect(said).toBe('http://inside.example/v1');
});
