/** People with a second factor, and the authenticator that they hold. */
import { codeOf, stepAt } from '#features/accounts/server/second-factor/totp.ts';
import { cookieOf, type Person } from './accounts.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An authenticator app: it has read the QR code. */
export type Authenticator = {
  /** The code of now, or of so many steps later; one that opened something does not open again, and none before it. */
  code(later?: number): string;
};

/** Reads what a QR code holds. */
export function readKey(address: string): Authenticator {
  const secret = fromBase32(new URL(address).searchParams.get('secret') ?? '');
  return { code: (later = 0) => codeOf(secret, stepAt(Date.now()) + later) };
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((mark) => BASE32.indexOf(mark).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Turns a person's second factor on, by the code of the step before now: those of now and of the next step are left. */
export async function turnOn(person: Person): Promise<Authenticator & { recoveryCodes: string[] }> {
  const begun = await send(person, 'enable', { password: person.password });
  const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] };
  const authenticator = readKey(totpURI);
  const confirm = () => send(person, 'verify-totp', { code: authenticator.code(-1) });
  const first = await confirm();
  // A step may have ended on the way.
  const confirmed = first.ok ? first : await confirm();
  if (!confirmed.ok) throw new Error(`It was not turned on: ${confirmed.status} ${await confirmed.text()}`);
  return { ...authenticator, recoveryCodes: backupCodes };
}

/** Asks one of the second factor's routes. */
export const send = (person: Person, route: string, json: object): Promise<Response> =>
  person.fetch(`/api/auth/two-factor/${route}`, { method: 'POST', json });

/** The first half of a sign-in: the answer, and the cookie to go on with, behind the guest's where one signs in. */
export async function givePassword(
  url: string,
  { email, password }: Pick<Person, 'email' | 'password'>,
  guest?: Person,
): Promise<{ response: Response; cookie: string }> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(guest && { cookie: guest.cookie }) },
    body: JSON.stringify({ email, password }),
  });
  return { response, cookie: [guest?.cookie, cookieOf(response)].filter(Boolean).join('; ') };
}

/** The second half. */
export const giveCode = (
  url: string,
  cookie: string,
  code: string,
  route = 'verify-totp',
  address?: string,
): Promise<Response> =>
  fetch(`${url}/api/auth/two-factor/${route}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie,
      ...(address && { 'x-forwarded-for': address }),
    },
    body: JSON.stringify({ code }),
  });
