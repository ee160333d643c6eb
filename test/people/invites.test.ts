/** Invitations to make an account: who may come in by one, once, and who may not. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { linkIn } from '#test/harness/mail-server.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { ask, mailTo, startWithMail } from './people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley({ signUp: 'invite' });
  ada = await admin(parley.url);
});
afterAll(() => parley.close());

type Made = { id: string; url: string; role: string; maxUses: number | null; expiresAt: string | null };
async function invite(given: object = {}, by = ada): Promise<Made> {
  const answer = await by.fetch('/api/v1/admin/invites', { method: 'POST', json: given });
  expect(answer.status).toBe(201);
  return answer.json();
}
const tokenOf = ({ url }: Pick<Made, 'url'>) => new URL(url).searchParams.get('invite');

let count = 0;
function come(token: unknown, email = `new-${++count}@example.org`, headers: Record<string, string> = {}) {
  const body = { name: 'New', email, password: 'correct horse battery', invite: token };
  return ask(parley.url, 'sign-up/email', body, headers);
}
const roleOf = async (answer: Response) => {
  const { user } = (await answer.json()) as { user: { id: string } };
  return ((await (await ada.fetch(`/api/v1/admin/users/${user.id}`)).json()) as { role: string }).role;
};

describe('where an invitation is needed', () => {
  test('a link lets one person in, as what it says, and leads to the page for it', async () => {
    const made = await invite();
    expect(made).toMatchObject({ role: 'member', maxUses: 1 });
    expect(Date.parse(made.expiresAt!)).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    expect(made.url).toMatch(new RegExp(`^${parley.url}/sign-up\\?invite=[\\w-]{43}$`));
    const rules = await fetch(`${parley.url}/api/auth/sign-up?invite=${tokenOf(made)}`);
    expect(await rules.json()).toMatchObject({ signUp: 'invite', invite: { email: null, role: 'member' } });
    const first = await come(tokenOf(made));
    expect(first.status).toBe(200);
    expect(await roleOf(first)).toBe('member');
    const second = await come(tokenOf(made));
    expect(second.status).toBe(404);
    expect(await second.json()).toMatchObject({ code: 'INVITATION_NOT_GOOD' });
    expect(await roleOf(await come(tokenOf(await invite({ role: 'admin' }))))).toBe('admin');
  });

  test('nobody comes in without one, by a made-up one, or by one that was withdrawn or has run out', async () => {
    expect((await come(undefined)).status).toBe(403);
    for (const token of ['made-up', '', 7, null, { a: 1 }]) {
      const { status } = await come(token);
      expect([403, 404]).toContain(status);
    }
    const withdrawn = await invite();
    const gone = await ada.fetch(`/api/v1/admin/invites/${withdrawn.id}`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    expect((await come(tokenOf(withdrawn))).status).toBe(404);
    const late = await invite({ expiresAt: new Date(Date.now() + 60_000).toISOString(), maxUses: null });
    await parley.database.db.$client.query(
      `UPDATE invites SET expires_at = now() - interval '1 s' WHERE id = $1`,
      [late.id],
    );
    expect((await come(tokenOf(late))).status).toBe(404);
    const past = await ada.fetch('/api/v1/admin/invites', {
      method: 'POST',
      json: { expiresAt: '2020-01-01T00:00:00Z' },
    });
    expect(past.status).toBe(400);
  });

  test('of twelve who come at once by a link for three, three come in', async () => {
    const made = await invite({ maxUses: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => come(tokenOf(made))));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(3).fill(200),
      ...Array(9).fill(404),
    ]);
    const { rows } = await parley.database.db.$client.query('SELECT uses FROM invites WHERE id = $1', [
      made.id,
    ]);
    expect(rows).toEqual([{ uses: 3 }]);
  });

  test('a sign-up that fails for another reason uses nothing up', async () => {
    const made = await invite();
    const taken = await come(tokenOf(made), ada.email);
    expect(taken.status).toBe(422);
    expect((await come(tokenOf(made))).status).toBe(200);
  });

  test('a guest who comes by one keeps their chats', async () => {
    const visitor = await guest(parley.url);
    const chat = (await (await visitor.fetch('/api/v1/chats', { method: 'POST', json: {} })).json()) as {
      id: string;
    };
    const answer = await come(tokenOf(await invite()), undefined, { cookie: visitor.cookie });
    expect(answer.status).toBe(200);
    const { rows } = await parley.database.db.$client.query(
      'SELECT u.is_anonymous FROM chats c JOIN users u ON u.id = c.user_id WHERE c.id = $1',
      [chat.id],
    );
    expect(rows).toEqual([{ is_anonymous: false }]);
  });

  test('the list has what is still good, without its links, and is for admins', async () => {
    const made = await invite({ email: 'Listed@Example.org', maxUses: 9 });
    const used = await invite();
    await come(tokenOf(used));
    const text = await (await ada.fetch('/api/v1/admin/invites?limit=200')).text();
    const { items } = JSON.parse(text) as { items: Made[] };
    expect(items.find(({ id }) => id === made.id)).toMatchObject({ email: 'listed@example.org', maxUses: 1 });
    expect(items.some(({ id }) => id === used.id)).toBe(false);
    expect(text).not.toContain(tokenOf(made));
    const visitor = await guest(parley.url);
    expect((await visitor.fetch('/api/v1/admin/invites')).status).toBe(403);
    expect((await visitor.fetch('/api/v1/admin/invites', { method: 'POST', json: {} })).status).toBe(403);
  });
});

describe('for an address', () => {
  test('it opens for that address alone, whoever found the link', async () => {
    const made = await invite({ email: 'bob@example.org' });
    const other = await come(tokenOf(made), 'mallory@example.org');
    expect(other.status).toBe(403);
    expect(await other.json()).toMatchObject({ code: 'INVITATION_OF_ANOTHER' });
    expect((await come(tokenOf(made), 'Bob@Example.org')).status).toBe(200);
  });

  test('who registered that address first, unproved, has no way in by it', async () => {
    const open = await startTestParley({ signUp: 'open' });
    onTestFinished(() => open.close());
    const boss = await admin(open.url);
    const mallory = await signUp(open.url, { email: 'carol@example.org' });
    const made = await invite({ email: 'carol@example.org', role: 'admin' }, boss);
    const me = (await (await mallory.fetch('/api/v1/me')).json()) as { role: string; emailVerified: boolean };
    expect(me).toMatchObject({ role: 'member', emailVerified: false });
    expect((await mallory.fetch('/api/v1/admin/invites')).status).toBe(403);
    const body = { name: 'X', email: 'carol@example.org', password: 'correct horse battery' };
    const again = await ask(open.url, 'sign-up/email', { ...body, invite: tokenOf(made) });
    expect(again.status).toBe(422);
    const list = (await (await boss.fetch('/api/v1/admin/invites')).json()) as { items: object[] };
    expect(list.items).toMatchObject([{ id: made.id, hasAccount: true, uses: 0 }]);
  });

  test('it is mailed where there is mail, in the admin’s language', async () => {
    const own = await startWithMail({ signUp: 'invite' });
    onTestFinished(() => own.close());
    const answer = await own.ada.fetch('/api/v1/admin/invites', {
      method: 'POST',
      json: { email: 'dora@example.org' },
      headers: { 'accept-language': 'ru' },
    });
    const { url, mailed } = (await answer.json()) as { url: string; mailed: boolean };
    expect(mailed).toBe(true);
    const mail = await mailTo(own.server, 'dora@example.org');
    expect(mail.subject).toBe('Приглашение в Parley');
    expect(linkIn(mail)).toBe(url);
  });
});

test('where nobody may sign up the first account takes the set-up code, and no invitation opens', async () => {
  const off = await startTestParley({ signUp: 'off' });
  onTestFinished(() => off.close());
  const boss = await admin(off.url);
  const refused = await boss.fetch('/api/v1/admin/invites', { method: 'POST', json: {} });
  expect(refused.status).toBe(409);
  const again = await ask(off.url, 'sign-up/email', {
    name: 'X',
    email: 'x@example.org',
    password: 'correct horse battery',
    invite: 'x',
  });
  expect(again.status).toBe(403);
  expect(await again.json()).toMatchObject({ code: 'SIGN_UP_OFF' });
});
