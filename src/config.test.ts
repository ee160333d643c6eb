import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, VARIABLES } from './config.ts';

/** Nothing of the environment, in which the test runner has variables of its own. */
const NONE = Object.fromEntries(VARIABLES.map((name) => [name, '']));

/** What is said of a value that cannot be used. */
function refusal(variable: string, value: string): string {
  try {
    loadConfig({ ...NONE, [variable]: value });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split('\n  ').slice(1).join('\n');
  }
  return '';
}

describe('a value that cannot be used is refused with its variable and an example of what is right', () => {
  test.each([
    ['DATABASE_URL', 'localhost:5432', 'must look like postgres://user:password@host:5432/parley'],
    [
      'DATABASE_URL',
      'mysql://root@localhost/parley',
      'must look like postgres://user:password@host:5432/parley',
    ],
    ['DATABASE_URL', 'parley', 'must look like postgres://user:password@host:5432/parley'],
    ['REDIS_URL', 'localhost:6379', 'must look like redis://host:6379'],
    ['BASE_URL', 'example.org', 'must look like https://example.org/parley'],
    ['BASE_URL', 'ftp://example.org', 'must look like https://example.org/parley'],
    ['ANTHROPIC_BASE_URL', 'localhost:8080', 'must look like https://models.example.org'],
    ['OPENAI_BASE_URL', '/v1', 'must look like https://models.example.org/v1'],
    ['ROLES', 'web,cook', 'must be web or worker, or both: web,worker'],
    ['ROLES', ',', 'must be web or worker, or both: web,worker'],
    ['DATABASE_CONNECTIONS', '8', 'must be a whole number from 9 to 200'],
    ['DATABASE_CONNECTIONS', 'many', 'must be a whole number from 9 to 200'],
    ['WORKER_PORT', '0', 'must be a whole number from 1 to 65535'],
    ['PORT', '3000.5', 'must be a whole number from 0 to 65535'],
    ['GUESTS', 'yes', 'must be on or off'],
    ['LOG_LEVEL', 'loud', 'must be one of silent, fatal, error, warn, info, debug, trace'],
    ['SECRET_KEY', 'short', 'must be at least 16 characters'],
  ])('%s=%s', (variable, value, words) => {
    expect([...new Set(refusal(variable, value).split('\n'))]).toEqual([`${variable}: ${words}`]);
  });
});

test.each([
  ['DATABASE_URL', 'postgres://user:password@host:5432/parley'],
  ['DATABASE_URL', 'postgresql://host/parley?sslmode=require'],
  ['DATABASE_URL', 'postgres://parley@localhost:5432/parley?host=%2Frun%2Fpostgresql'],
  ['REDIS_URL', 'rediss://user:password@host:6380/1'],
  ['BASE_URL', 'http://localhost:3000'],
  ['ROLES', 'web, worker'],
  ['DATABASE_CONNECTIONS', '9'],
])('%s=%s is taken', (variable, value) => {
  expect(refusal(variable, value)).toBe('');
});

test('several are told at once', () => {
  expect(() => loadConfig({ ...NONE, PORT: 'x', GUESTS: 'x' })).toThrow(/PORT: .*\n {2}GUESTS: /);
});
