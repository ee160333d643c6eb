/** Routes under /api/auth/ that are ours and not better-auth's, answered in its shapes. */
import type { FastifyRequest } from 'fastify';
import { languageOf } from '#platform/http/language-of.ts';
import { askedAddress, publicAddress } from '#platform/http/public-address.ts';
import type { Principal } from '#platform/principal.ts';
import { say as sayInGeneral } from '#platform/say.ts';
import type { Sentence } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import { refusal } from './auth-answers.ts';
import type { AuthCall } from './auth-route.ts';
import type { Manner } from './mail/mail-about.ts';

export type OwnAnswer = (call: AuthCall) => Promise<Response>;

/** An answer with nothing to say but that it is done. */
export const done = (): Response => Response.json({ status: true });

/** A refusal in better-auth's shape. */
export const refused = (status: number, code: string, sentence: Sentence): Response =>
  Response.json(refusal({ code, sentence }), { status });

/** How whoever asks is written to. `handsOn`: they get the link themselves, so that the host they use is as good as any. */
export const mannerOf = (request: FastifyRequest, { config }: Services, handsOn = false): Manner => ({
  language: languageOf(request),
  base: handsOn ? askedAddress(request, config) : publicAddress(request, config),
});

type AnswerAsker = (call: AuthCall & { asker: Principal }) => Promise<Response>;

/** Answers who is signed in; 401 for everybody else, keys too. */
export const forSessions =
  (answer: AnswerAsker): OwnAnswer =>
  async (call) => {
    const asker = await call.request.server.resolvePrincipal(call.request);
    if (asker?.via.kind !== 'session') return refused(401, 'UNAUTHORIZED', sayInGeneral('sign_in_first'));
    return answer({ ...call, asker });
  };

/** The same for accounts alone: a guest has no address and no password. */
export const forAccounts = (answer: AnswerAsker): OwnAnswer =>
  forSessions(async (call) =>
    call.asker.role === 'guest' ? refused(403, 'FORBIDDEN', sayInGeneral('guests_cannot')) : answer(call),
  );
