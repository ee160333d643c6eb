import type { Services } from '#platform/services.ts';
import { toCookie } from '../open-session.ts';
import { CHALLENGE_COOKIE, CHALLENGE_SECONDS, makeChallenge } from './challenges.ts';

/** The answer to a right password where a second factor is to follow, in better-auth's shape: no session yet. */
export async function answerChallenge(services: Services, userId: string): Promise<Response> {
  return Response.json(
    { twoFactorRedirect: true, twoFactorMethods: ['totp'] },
    { headers: [await challengeCookie(services, userId)] },
  );
}

/** The cookie by which a browser goes on to the second factor. */
export const challengeCookie = async (services: Services, userId: string): Promise<[string, string]> =>
  toCookie(CHALLENGE_COOKIE, await makeChallenge(services, userId), CHALLENGE_SECONDS);
