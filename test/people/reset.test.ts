/** A new password: by mail, by a link of an admin, once, and with everything that was signed in out. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { linkIn, tokenIn } from '#test/harness/mail-server.ts';
import { startTestParley } from '#test/harness/parley.ts';
import { sayRaw } from '#test/harness/raw-request.ts';
import { openLive } from './open-live.ts';
import { ask, mailTo, startWithMail, type WithMail } from './people.ts';

const NEW = 'another battery staple';
let at: WithMail;
beforeAll(async () => {
  at = await startWithMail();
});
afterAll(() => at.close());

async function newPerson(): Promise<Person> {
  const person = await signUp(at.parley.url);
  await mailTo(at.server, person.email);
  return person;
}

async function resetTokenOf({ email }: Person): Promise<string> {
  const before = at.server.mails.filter(({ to }) => to === email).length;
  await ask(at.parley.url, 'request-password-reset', { email });
  return tokenIn(await mailTo(at.server, email, before + 1));
}

const reset = (token: string, newPassword = NEW) =>
  ask(at.parley.url, 'reset-password', { token, newPassword });

describe('by mail', () => {
  test('the link leads to the page, opens once, and ends every session within two seconds, open streams too', async () => {
    const person = await newPerson();
    const other = await signIn(at.parley.url, person);
    const live = await openLive(at.parley.url, other);
    const before = at.server.mails.length;
    await ask(at.parley.url, 'request-password-reset', { email: person.email.toUpperCase() });
    const mail = await mailTo(at.server, person.email, 2);
    expect(at.server.mails.length).toBe(before + 1);
    expect(linkIn(mail)).toMatch(new RegExp(`^${at.parley.url}/reset\\?token=[\\w-]{43}$`));
    const token = tokenIn(mail);
    const began = performance.now();
    expect((await reset(token)).status).toBe(200);
    await live.closed;
    expect(performance.now() - began).toBeLessThan(2000);
    for (const one of [person, other]) expect((await one.fetch('/api/v1/me')).status).toBe(401);
    await expect(signIn(at.parley.url, person)).rejects.toThrow('401');
    expect((await signIn(at.parley.url, { email: person.email, password: NEW })).userId).toBe(person.userId);
    const again = await reset(token, 'yet another one');
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ code: 'INVALID_TOKEN', reason: 'reset_link_not_good' });
  });

  test('of ten who use one link at once exactly one sets the password', async () => {
    const token = await resetTokenOf(await newPerson());
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => reset(token, `${NEW} ${n}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)]);
  });

  test('a password that was set ends the other links, and an old link is none', async () => {
    const person = await newPerson();
    const [first, second] = [await resetTokenOf(person), await resetTokenOf(person)];
    expect((await reset(second)).status).toBe(200);
    expect((await reset(first)).status).toBe(400);
    const late = await resetTokenOf(person);
    await at.parley.database.db.$client.query(`UPDATE verifications SET expires_at = now() - interval '1 s'`);
    expect((await reset(late)).status).toBe(400);
  });

  test('asking is answered alike for who has an account, who has none, and who is shut out', async () => {
    const person = await newPerson();
    const shutOut = await newPerson();
    await at.ada.fetch(`/api/v1/admin/users/${shutOut.userId}`, {
      method: 'PATCH',
      json: { disabled: true },
    });
    const before = at.server.mails.length;
    const answers = await Promise.all(
      [person.email, 'nobody@example.org', shutOut.email].map(async (email) => {
        const answer = await ask(at.parley.url, 'request-password-reset', { email });
        return [answer.status, await answer.json()];
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await mailTo(at.server, person.email, 2);
    // Whoever gets none would have got it by now: jobs are worked on in their order.
    expect(at.server.mails.slice(before).map(({ to }) => to)).toEqual([person.email]);
  });

  test('a made-up host comes into no mail', async () => {
    const person = await newPerson();
    const { port } = new URL(at.parley.url);
    const body = JSON.stringify({ email: person.email });
    for (const host of ['6.6.6.6', `6.6.6.6:${port}`, 'localhost:6666']) {
      const { status } = await sayRaw(
        at.parley.url,
        [
          'POST /api/auth/request-password-reset HTTP/1.1',
          `Host: ${host}`,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
          'X-Forwarded-Host: evil.example',
          'Connection: close',
        ],
        body,
      );
      expect(status).toBe(200);
    }
    await mailTo(at.server, person.email, 4);
    for (const { text, html } of at.server.mails.filter(({ to }) => to === person.email)) {
      expect(text + html).not.toMatch(/6\.6\.6\.6|6666|evil/);
      expect(text).toContain(`:${port}/`);
    }
  });

  test('behind BASE_URL links lead there, and one address gets five mails an hour', async () => {
    const own = await startWithMail({
      baseUrl: 'http://127.0.0.1/parley',
      basePath: '/parley',
      rateLimits: true,
    });
    onTestFinished(() => own.close());
    const person = await signUp(own.parley.url);
    await mailTo(own.server, person.email);
    for (let round = 0; round < 8; round++)
      await ask(own.parley.url, 'request-password-reset', { email: person.email });
    const other = await signUp(own.parley.url);
    await mailTo(own.server, other.email);
    const got = own.server.mails.filter(({ to }) => to === person.email);
    expect(got).toHaveLength(5);
    expect(linkIn(got[1]!)).toMatch(/^http:\/\/127\.0\.0\.1\/parley\/reset\?token=/);
  });
});

describe('without mail', () => {
  test('an admin makes a link to hand over; a newer one ends it; guests have none', async () => {
    const plain = await startTestParley();
    onTestFinished(() => plain.close());
    const boss = await admin(plain.url);
    const person = await signUp(plain.url);
    const closed = await ask(plain.url, 'request-password-reset', { email: person.email });
    expect(closed.status).toBe(400);
    expect(await closed.json()).toMatchObject({
      code: 'RESET_PASSWORD_DISABLED',
      reason: 'no_mail_for_reset',
    });
    const link = async (userId: string, by = boss) =>
      by.fetch(`/api/v1/admin/users/${userId}/reset-link`, { method: 'POST' });
    const first = await (await link(person.userId)).json();
    const { url, expiresAt } = await (await link(person.userId)).json();
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect(url).toMatch(new RegExp(`^${plain.url}/reset\\?token=`));
    const tokenOf = (text: string) => new URL(text).searchParams.get('token');
    const use = (text: string) =>
      ask(plain.url, 'reset-password', { token: tokenOf(text), newPassword: NEW });
    expect((await use(first.url)).status).toBe(400);
    expect((await use(url)).status).toBe(200);
    expect((await signIn(plain.url, { email: person.email, password: NEW })).userId).toBe(person.userId);
    const visitor = await guest(plain.url);
    expect((await link(visitor.userId)).status).toBe(409);
    expect((await link(person.userId, person)).status).toBe(401);
    expect((await link('01970000-0000-7000-8000-0000000000ff')).status).toBe(404);
  });
});
