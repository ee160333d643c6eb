/** Addresses: proved by a link, moved with the password, and never a reason to lock anybody out. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { tokenIn } from '#test/harness/mail-server.ts';
import { startTestParley } from '#test/harness/parley.ts';
import { ask, mailTo, startWithMail, type WithMail } from './people.ts';

let at: WithMail;
beforeAll(async () => {
  at = await startWithMail();
});
afterAll(() => at.close());

const me = async (person: Person) => (await person.fetch('/api/v1/me')).json();
const post = (person: Person, path: string, json: object = {}) =>
  person.fetch(`/api/auth/${path}`, { method: 'POST', json });
const move = (person: Person, email: string, password = person.password) =>
  person.fetch('/api/v1/me/email', { method: 'POST', json: { email, password } });
const verify = (token: string) => ask(at.parley.url, 'verify-email', { token });

test('a new account is asked by mail, can be used meanwhile, and admins see what is proved', async () => {
  const person = await signUp(at.parley.url);
  const token = tokenIn(await mailTo(at.server, person.email));
  expect(await me(person)).toMatchObject({ emailVerified: false });
  expect((await person.fetch('/api/v1/chats', { method: 'POST', json: {} })).status).toBe(201);
  expect((await signIn(at.parley.url, person)).userId).toBe(person.userId);
  expect((await verify(token)).status).toBe(200);
  expect(await me(person)).toMatchObject({ emailVerified: true });
  expect(await (await at.ada.fetch(`/api/v1/admin/users/${person.userId}`)).json()).toMatchObject({
    emailVerified: true,
  });
  expect((await verify(token)).status).toBe(400);
  expect((await post(person, 'send-verification-email')).status).toBe(400);
});

test('the mail can be asked for again by whoever is signed in, and by nobody else', async () => {
  const person = await signUp(at.parley.url);
  await mailTo(at.server, person.email);
  expect((await post(person, 'send-verification-email')).status).toBe(200);
  expect((await verify(tokenIn(await mailTo(at.server, person.email, 2)))).status).toBe(200);
  expect((await ask(at.parley.url, 'send-verification-email', { email: person.email })).status).toBe(401);
  expect((await post(await guest(at.parley.url), 'send-verification-email')).status).toBe(403);
});

describe('moving to another address', () => {
  test('takes the password and the link that is sent there; the old address is told', async () => {
    const person = await signUp(at.parley.url);
    await verify(tokenIn(await mailTo(at.server, person.email)));
    const newEmail = `moved-${person.email}`;
    expect((await move(person, newEmail, 'wrong')).status).toBe(403);
    expect((await move(person, newEmail)).status).toBe(202);
    const token = tokenIn(await mailTo(at.server, newEmail));
    expect(await me(person)).toMatchObject({ email: person.email });
    expect((await verify(token)).status).toBe(200);
    expect(await me(person)).toMatchObject({ email: newEmail, emailVerified: true });
    const told = await mailTo(at.server, person.email, 2);
    expect(told.subject).toBe('Your account has another address now');
    expect(told.text).not.toContain(newEmail);
    expect((await signIn(at.parley.url, { ...person, email: newEmail })).userId).toBe(person.userId);
  });

  test('to one that somebody else has is answered alike, and leads nowhere', async () => {
    const [person, other] = [await signUp(at.parley.url), await signUp(at.parley.url)];
    await Promise.all([person, other].map(({ email }) => mailTo(at.server, email)));
    const free = `free-${person.email}`;
    const answers = await Promise.all(
      [other.email, free].map(async (email) => (await move(person, email)).text()),
    );
    expect(answers[0]).toBe(answers[1]);
    const token = tokenIn(await mailTo(at.server, free));
    expect(at.server.mails.filter(({ to }) => to === other.email)).toHaveLength(1);
    // Somebody takes it before the link is opened.
    await signUp(at.parley.url, { email: free });
    expect((await verify(token)).status).toBe(422);
    expect(await me(person)).toMatchObject({ email: person.email });
  });

  test('happens at once where there is no mail, and proves nothing', async () => {
    const plain = await startTestParley();
    onTestFinished(() => plain.close());
    const boss = await admin(plain.url);
    expect((await move(boss, 'New-Address@example.org')).status).toBe(200);
    expect(await me(boss)).toMatchObject({ email: 'new-address@example.org', emailVerified: false });
    const other = await signUp(plain.url);
    expect((await move(boss, other.email)).status).toBe(409);
    expect((await post(boss, 'send-verification-email')).status).toBe(400);
  });
});
