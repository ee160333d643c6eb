/** One of the routes under /api/auth/, whoever answers it. */
import type { FastifyRequest } from 'fastify';
import { addressLimits } from '#platform/http/address.ts';
import type { Services } from '#platform/services.ts';
import type { Auth } from './auth.ts';
import type { AttemptLimit } from './count-attempts.ts';

/** A request to a route that we answer ourselves, with the fields of its body. */
export type AuthCall = {
  services: Services;
  auth: Auth;
  request: FastifyRequest;
  body: Record<string, unknown>;
};

export type AuthRoute = {
  method: 'GET' | 'POST';
  path: string;
  summary: string;
  /** What the body may hold; anything else is not even passed on. */
  fields?: readonly string[];
  /** What it may hold besides, for us and not for better-auth. */
  aside?: readonly string[];
  /** Set for every request, whatever was sent. */
  always?: Record<string, unknown>;
  limits?(request: FastifyRequest, body: Record<string, unknown>): AttemptLimit[];
  /** Counted only when better-auth answers that the address has an account; once reached, nothing is answered at all. */
  foundLimits?(request: FastifyRequest): AttemptLimit[];
  /** True where somebody signs in, whoever was there before. */
  signsIn?: boolean;
  /** Answers in place of better-auth, in its shapes; cookies go out as `setCookie` writes them. */
  own?(call: AuthCall): Promise<Response>;
};

/** At most `max` attempts at something from one address, in a minute or in `seconds`. */
export const perAddress =
  (what: string, max: number, seconds?: number) =>
  (request: FastifyRequest): AttemptLimit[] =>
    addressLimits(what, request.ip, max).map((limit) => ({ ...limit, ...(seconds && { seconds }) }));
