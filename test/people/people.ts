/** What the tests of people's accounts share: a Parley that sends mail to a server on this machine. */
import type { Config } from '#config';
import { admin, type Person } from '#test/harness/accounts.ts';
import { type KeptMail, type MailServer, startMailServer } from '#test/harness/mail-server.ts';
import { startTestParley, type TestGround, type TestParley } from '#test/harness/parley.ts';
import { eventually } from '#test/harness/streams.ts';

/** Jobs begin at once, and retries come soon. */
export const QUICK_JOBS = { jobStartMs: 20, jobPollMs: 500, jobSuperviseMs: 1000, principalWatchMs: 250 };

export type WithMail = { parley: TestParley; server: MailServer; ada: Person; close(): Promise<void> };

/** A Parley with mail and an admin. */
export async function startWithMail(
  overrides: Partial<Config> = {},
  ground: TestGround = {},
): Promise<WithMail> {
  const server = await startMailServer();
  const parley = await startTestParley({ mail: server.config, ...overrides }, ground, QUICK_JOBS);
  const ada = await admin(parley.url);
  await mailTo(server, ada.email);
  return {
    parley,
    server,
    ada,
    async close() {
      await parley.close();
      await server.close();
    },
  };
}

/** The newest mail to an address, which comes after a moment; `count` of them there must be. */
export async function mailTo(server: MailServer, email: string, count = 1): Promise<KeptMail> {
  return eventually(
    async () => server.mails.filter(({ to }) => to === email),
    (mails) => mails.length >= count,
  ).then((mails) => mails.at(-1)!);
}

/** Asks one of the routes under /api/auth/ as nobody. */
export const ask = (
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
