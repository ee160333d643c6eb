/** The five routes of instructions, under the address of whatever has some. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { page } from '#fields';
import { inTransaction, type Queryable, type Tx } from '#platform/database/database.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { Context, ContextVersion, NewContext, VersionsQuery } from '../contexts.ts';
import type { ContextOwner } from './owners.ts';
import { presentContext, presentVersion } from './present-context.ts';
import { latestVersion, listVersions, readVersion } from './read-versions.ts';
import { restoreContext, type Saved, saveContext } from './save-context.ts';

export type Written = { owner: ContextOwner; audience: string[] };

export type ContextMount = {
  /** Of the thing itself: `/api/v1/chats/:chatId`. */
  path: string;
  /** Names it in the API's documentation: “your instructions”. */
  what: string;
  tags: string[];
  config: { access: 'user' | 'admin'; scope: 'chat' | 'admin' };
  /** What else stands in the address. */
  params?: z.ZodRawShape;
  /** Whose instructions they are, if the asker may read them; else it throws. */
  toRead(db: Queryable, request: FastifyRequest): Promise<ContextOwner> | ContextOwner;
  /** The same for who may write, and the live topics of who is told; in a transaction, so that a right that is just lost is heeded. */
  toWrite(tx: Tx, request: FastifyRequest): Promise<Written> | Written;
};

/** Adds `GET` and `PUT …/context`, and its versions: list, read, restore. */
export function mountContext(app: App, services: Services, mount: ContextMount): void {
  const { path, what, tags, config, toRead, toWrite } = mount;
  const { db, bus } = services;
  const params = z.object(mount.params ?? {});
  const byVersion = z.object({ ...mount.params, version: z.coerce.number().int().min(1).max(2_147_483_647) });
  const versionOf = (request: FastifyRequest) => (request.params as { version: number }).version;

  async function save(
    request: FastifyRequest,
    write: (tx: Tx, owner: ContextOwner, asker: Principal) => Promise<Saved>,
  ): Promise<Context> {
    const asker = principalOf(request);
    const { owner, audience, row, saved } = await inTransaction(db, async (tx) => {
      const written = await toWrite(tx, request);
      return { ...written, ...(await write(tx, written.owner, asker)) };
    });
    if (saved) {
      const id = { chat: 'chatId', project: 'projectId' }[owner.kind as string];
      const data = { kind: owner.kind, version: row!.version, ...(id && { [id]: owner.ownerId }) };
      for (const topic of audience) bus.publish(topic, { type: 'context_saved', data });
    }
    return presentContext(owner, row);
  }

  app.get(
    `${path}/context`,
    { config, schema: { tags, summary: `Read ${what}`, params, response: { 200: Context } } },
    async (request) => {
      const owner = await toRead(db.$client, request);
      return presentContext(owner, await latestVersion(db.$client, owner));
    },
  );
  app.put(
    `${path}/context`,
    {
      config,
      schema: {
        tags,
        summary: `Save ${what}, as a new version`,
        description:
          'With a `baseVersion` that is not in force any more: 409 with `current`. The same text makes no version.',
        params,
        body: NewContext,
        response: { 200: Context },
      },
    },
    async (request) =>
      save(request, (tx, owner, asker) => saveContext(tx, owner, asker, request.body as NewContext)),
  );
  app.get(
    `${path}/context/versions`,
    {
      config,
      schema: {
        tags,
        summary: `List the versions of ${what}, newest first`,
        params,
        querystring: VersionsQuery,
        response: { 200: page(ContextVersion) },
      },
    },
    async (request) => {
      const owner = await toRead(db.$client, request);
      const query = request.query as z.infer<typeof VersionsQuery>;
      const { rows, nextCursor } = await listVersions(db.$client, owner, query);
      return { items: rows.map(presentVersion), nextCursor };
    },
  );
  app.get(
    `${path}/context/versions/:version`,
    {
      config,
      schema: {
        tags,
        summary: `Read one version of ${what}`,
        params: byVersion,
        response: { 200: ContextVersion },
      },
    },
    async (request) => {
      const owner = await toRead(db.$client, request);
      return presentVersion(await readVersion(db.$client, owner, versionOf(request)));
    },
  );
  app.post(
    `${path}/context/versions/:version/restore`,
    {
      config,
      schema: {
        tags,
        summary: `Bring a version of ${what} back, as a new one`,
        params: byVersion,
        response: { 200: Context },
      },
    },
    async (request) =>
      save(request, (tx, owner, asker) => restoreContext(tx, owner, asker, versionOf(request))),
  );
}
