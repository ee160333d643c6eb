/** The HTTP server every feature adds its routes to, and the rules a route must state. */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Principal } from './principal.ts';

/**
 * Who may call a route. `public`: anybody. `user`: anybody signed in, guests too. `account`: not guests.
 * `admin`: admins. Whose things a route may touch is decided by its queries, not here.
 */
export type Access = 'public' | 'user' | 'account' | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route states it; one that does not fails at start. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Set for every route but public ones, where it may be null. */
    principal: Principal | null;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
