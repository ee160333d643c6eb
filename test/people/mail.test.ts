/** Mails: who gets one, in which language, what happens when they are not taken, and that nothing secret lies about meanwhile. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { admin, guest, signUp } from '#test/harness/accounts.ts';
import { linkIn } from '#test/harness/mail-server.ts';
import { startTestParley } from '#test/harness/parley.ts';
import { eventually } from '#test/harness/streams.ts';
import { ask, mailTo, startWithMail, type WithMail } from './people.ts';

let at: WithMail;
beforeAll(async () => {
  at = await startWithMail();
});
afterAll(() => at.close());

const status = async () => (await at.ada.fetch('/api/v1/admin/mail')).json();

test('an admin sends a mail to themselves, in their language, and is told how it went', async () => {
  const before = at.server.mails.length;
  const sent = await at.ada.fetch('/api/v1/admin/mail/test', {
    method: 'POST',
    headers: { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.5' },
  });
  expect(sent.status).toBe(202);
  const mail = await eventually(
    async () => at.server.mails[before],
    (one) => one !== undefined,
  );
  expect(mail).toMatchObject({ to: at.ada.email, subject: 'Проверочное письмо от Parley' });
  expect(mail!.text).toContain(new URL(at.parley.url).host);
  expect(mail!.html).toContain('<html lang="ru">');
  expect(mail!.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/);
  expect(await eventually(status, ({ lastSentAt }) => lastSentAt !== null)).toMatchObject({
    configured: true,
    from: 'Parley <parley@example.org>',
  });
});

test('what is refused for now is tried again, what is refused for good is not, and both are told to admins', async () => {
  const { server, parley, ada } = at;
  onTestFinished(() => {
    server.refuseWith = null;
  });
  const person = await signUp(parley.url);
  await mailTo(server, person.email);
  server.refuseWith = 550;
  const before = server.mails.length;
  expect((await ask(parley.url, 'request-password-reset', { email: person.email })).status).toBe(200);
  const { lastProblem } = await eventually(status, (told) => told.lastProblem !== null);
  expect(lastProblem.text).toContain('550');
  const jobs = async () =>
    (
      await parley.database.db.$client.query<{ state: string }>(
        `SELECT state FROM pgboss.job WHERE name = 'mail' ORDER BY created_on DESC LIMIT 1`,
      )
    ).rows[0]!.state;
  expect(await eventually(jobs, (state) => state === 'completed')).toBe('completed');
  server.refuseWith = 451;
  await ada.fetch('/api/v1/admin/mail/test', { method: 'POST' });
  expect(await eventually(jobs, (state) => state === 'retry')).toBe('retry');
  server.refuseWith = null;
  // Its time comes in some twenty seconds; here it is moved to now.
  await parley.database.db.$client.query(
    `UPDATE pgboss.job SET start_after = now() WHERE name = 'mail' AND state = 'retry'`,
  );
  await eventually(
    async () => server.mails.length,
    (count) => count === before + 1,
  );
});

test('no job holds a token, and no table holds one in the clear', async () => {
  const { server, parley, ada } = at;
  const person = await signUp(parley.url);
  await mailTo(server, person.email);
  await ask(parley.url, 'request-password-reset', { email: person.email });
  const reset = linkIn(await mailTo(server, person.email, 2));
  const made = await ada.fetch('/api/v1/admin/invites', {
    method: 'POST',
    json: { email: 'new@example.org' },
  });
  const { url } = (await made.json()) as { url: string };
  expect(linkIn(await mailTo(server, 'new@example.org'))).toBe(url);
  const secrets = [reset, url].map((link) => /=([\w-]{43})$/.exec(link)![1]!);
  const { rows } = await parley.database.db.$client.query<{ text: string }>(
    `SELECT j::text AS text FROM pgboss.job j UNION ALL SELECT v::text FROM verifications v
     UNION ALL SELECT i::text FROM invites i UNION ALL SELECT a::text FROM audit a`,
  );
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.filter(({ text }) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
});

test('guests and members neither see how mail is set nor send one, and without mail an admin is told what to do', async () => {
  const people = [await guest(at.parley.url), await signUp(at.parley.url)];
  for (const person of people) {
    expect((await person.fetch('/api/v1/admin/mail')).status).toBe(403);
    expect((await person.fetch('/api/v1/admin/mail/test', { method: 'POST' })).status).toBe(403);
  }
  const plain = await startTestParley();
  onTestFinished(() => plain.close());
  const boss = await admin(plain.url);
  expect(await (await boss.fetch('/api/v1/admin/mail')).json()).toEqual({
    configured: false,
    from: null,
    lastSentAt: null,
    lastProblem: null,
  });
  const refused = await boss.fetch('/api/v1/admin/mail/test', { method: 'POST' });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ error: { reason: 'no_mail_yet' } });
});
