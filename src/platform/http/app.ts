/** The HTTP server every feature adds its routes to, and the rules a route must state. */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Principal } from '../principal.ts';

/**
 * Who may call a route. `public`: anybody. `user`: anybody signed in, guests too. `account`: not guests.
 * `admin`: admins. Whose things a route may touch is decided by its queries, not here.
 */
export type Access = 'public' | 'user' | 'account' | 'admin';

/**
 * What an API key must have for a route; null where none will do and somebody has to be signed in. The names are those of the
 * feature that makes keys.
 */
export type Scope = string | null;

/** Finds out who is asking, from a session cookie or an API key; null for nobody we know or let in. */
export type ResolvePrincipal = (request: FastifyRequest) => Promise<Principal | null>;

/** Sends an error as the clients of some interface understand it. */
export type SendError = (error: Error, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** One line of the route table. */
export type RouteRule = {
  method: string;
  url: string;
  access: Access;
  scope: Scope;
  websocket: boolean;
  schema: RouteSchema;
};
/** Zod schemas, as far as the route states them. */
export type RouteSchema = { body?: unknown; querystring?: unknown; params?: unknown };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route states it; one that does not fails at start. */
    access?: Access;
    /** Every route that is not public states it as well. */
    scope?: Scope;
    /** Replaces the Content-Security-Policy of answers of this route. */
    contentSecurityPolicy?: string;
    /** True for routes asked so often that one line each would drown the log: they are logged at `debug`. */
    quiet?: boolean;
    /** True for routes that tell nothing and are asked by probes, whatever host those name. */
    anyHost?: boolean;
  }
  interface FastifyInstance {
    /** Every route there is, with who may call it. */
    routeTable: RouteRule[];
    /** Interfaces that have errors of a shape of their own, by the address they begin at. */
    errorShapes: { prefix: string; send: SendError }[];
    /** For public routes that want to know who asks all the same. */
    resolvePrincipal: ResolvePrincipal;
    /** Counts one change of a user that came over another channel than a request; 429 when it is one too many. */
    countWrite(userId: string): Promise<void>;
  }
  interface FastifyRequest {
    /** Set for every route but public ones, where it is null. */
    principal: Principal | null;
  }
  interface FastifyReply {
    /** True for the page itself, as somebody opens it, and for none of its files and data. */
    isPage: boolean;
    /** Answers with the page for who need not be anybody: without their cookie, kept by no cache, and for no list of what is on the web. */
    sendPublicPage(status: number): Promise<FastifyReply>;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
