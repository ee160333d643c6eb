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
    ['BASE_URL', 'https://example.org/?a=b', 'must have no user name, query or fragment'],
    ['OPENAI_BASE_URL', 'https://me:secret@example.org/v1', 'must have no user name, query or fragment'],
    ...['https://chat.lan', 'chat.lan:3000', '*.lan', 'chat.lan/x'].map((value) => [
      'ALLOWED_HOSTS',
      value,
      'must be names like chat.example.org,parley, without scheme, port or path',
    ]),
    ...['yes', '0', '11', 'proxy', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.1,x'].map((value) => [
      'TRUST_PROXY',
      value,
      'must be on, off, a number of proxies from 1 to 10, or addresses like 10.0.0.2,172.16.0.0/12',
    ]),
    ['SECRET_KEY', 'short', 'must be at least 16 characters'],
    ['SMTP_URL', 'mail.example.org', 'must look like smtps://user:password@mail.example.org:465'],
    ['SMTP_URL', 'https://mail.example.org', 'must look like smtps://user:password@mail.example.org:465'],
    ['MAIL_FROM', 'Parley', 'must look like Parley <parley@example.org>'],
    ['MAIL_FROM', 'a@b.org\nBcc: c@d.org', 'must look like Parley <parley@example.org>'],
  ] as [string, string, string][])('%s=%s', (variable, value, words) => {
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

test('ALLOWED_HOSTS and TRUST_PROXY may be lists', () => {
  const read = (TRUST_PROXY: string) => loadConfig({ ...NONE, TRUST_PROXY }).trustProxy;
  expect(loadConfig({ ...NONE, ALLOWED_HOSTS: 'Chat.LAN, parley,' }).allowedHosts).toEqual([
    'chat.lan',
    'parley',
  ]);
  expect([read('off'), read('2'), read('10.0.0.2, 2001:db8::/32')]).toEqual([
    false,
    2,
    ['10.0.0.2', '2001:db8::/32'],
  ]);
  expect(read('on')).toEqual(['127.0.0.0/8', '::1']);
});

test('several are told at once', () => {
  expect(() => loadConfig({ ...NONE, PORT: 'x', GUESTS: 'x' })).toThrow(/PORT: .*\n {2}GUESTS: /);
});

test('mail needs a server and a sender, and the one that is missing is named', () => {
  expect(refusal('SMTP_URL', 'smtp://127.0.0.1:2525')).toBe(
    'MAIL_FROM: must be set together with SMTP_URL, and look like Parley <parley@example.org>',
  );
  expect(refusal('MAIL_FROM', 'parley@example.org')).toBe(
    'SMTP_URL: must be set together with MAIL_FROM, and look like smtps://user:password@mail.example.org:465',
  );
  const both = { ...NONE, SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Parley <parley@example.org>' };
  expect(loadConfig(both).mail).toEqual({
    smtpUrl: 'smtp://127.0.0.1:2525',
    from: 'Parley <parley@example.org>',
  });
});
