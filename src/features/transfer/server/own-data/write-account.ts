/** `account.json`: what Parley knows of somebody besides their chats, as one document that is written piece by piece. */
import type { Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { AGENT_VERSIONS, OWN_LISTS, PROFILE, SIGN_INS } from './access.ts';
import { readRows } from './read-rows.ts';

export const ACCOUNT_SCHEMA = 'parley.account/1';

export async function* writeAccount(tx: Tx, { userId, via }: Principal, now: Date): AsyncGenerator<string> {
  const { rows } = await tx.query(PROFILE, [userId]);
  // Removed a moment ago: there is nobody to write of, and the file breaks off.
  if (!rows[0]) throw new Error('The account is gone.');
  const head = { schema: ACCOUNT_SCHEMA, exportedAt: now.toISOString(), profile: rows[0] };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)}`;
  const lists = via.kind === 'session' ? { signIns: SIGN_INS, ...OWN_LISTS } : OWN_LISTS;
  for (const [name, text] of Object.entries(lists)) yield* writeList(name, readRows(tx, text, userId));
  yield* writeAgents(readRows<AgentVersion>(tx, AGENT_VERSIONS, userId));
  yield '\n}\n';
}

/** A list under its name, each of its items on a line. */
async function* writeList(name: string, rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  yield `,\n ${JSON.stringify(name)}: [`;
  let comma = '';
  for await (const row of rows) {
    yield `${comma}\n  ${JSON.stringify(row)}`;
    comma = ',';
  }
  yield comma ? '\n ]' : ']';
}

type AgentVersion = { id: string; was: unknown } & Record<string, unknown>;

/** The list of agents, each with its versions, which follow one another: of many, one is held. */
async function* writeAgents(rows: AsyncIterable<AgentVersion>): AsyncGenerator<string> {
  yield ',\n "agents": [';
  let open: string | null = null;
  for await (const { was, ...agent } of rows) {
    const version = `\n   ${JSON.stringify(was)}`;
    if (agent.id === open) yield `,${version}`;
    else
      yield `${open === null ? '' : ']},'}\n  ${JSON.stringify(agent).slice(0, -1)},"versions":[${version}`;
    open = agent.id;
  }
  yield open === null ? ']' : ']}\n ]';
}
