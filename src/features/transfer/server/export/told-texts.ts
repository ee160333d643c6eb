/** What models were told before the conversation, for the texts of a record. */
import { readsAgent } from '#features/agents/server/index.ts';
import type { ContextStamp } from '#features/contexts/contexts.ts';
import { systemTextOf } from '#features/contexts/rules.ts';
import { readLayersOf } from '#features/contexts/server/index.ts';
import { agentOf } from '#features/generations/server/index.ts';
import { projectIdsOf } from '#features/projects/server/index.ts';
import type { Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { LedgerRow } from './read-messages.ts';

/** How many texts are remembered: chats that go out one after another were mostly told the same. */
const MOST_REMEMBERED = 50;

/** Finds what was told for a generation; null where nothing was, where it is not kept any more, and where it is not the asker's to read. */
export type ToldTexts = (generation: LedgerRow, stamp: ContextStamp) => Promise<string | null>;

export function rememberToldTexts(tx: Tx, { userId }: Pick<Principal, 'userId'>): ToldTexts {
  const known = new Map<string, string | null>();
  let projects: Promise<Set<string>> | undefined;
  const memberOf = () => {
    projects ??= projectIdsOf(tx, [userId]).then((ids) => new Set(ids.get(userId)));
    return projects;
  };

  /** Somebody's own instructions are theirs alone, and those of a project or an agent its readers'. */
  async function isReadable({ projectId, agentId, userId: asker }: LedgerRow): Promise<boolean> {
    if (asker !== userId) return false;
    if (projectId !== null && !(await memberOf()).has(projectId)) return false;
    return readsAgent(tx, userId, agentId);
  }

  async function read(generation: LedgerRow, stamp: ContextStamp): Promise<string | null> {
    if (!(await isReadable(generation))) return null;
    const { chatId, projectId } = generation;
    const layers = await readLayersOf(tx, { userId, chatId, projectId, agent: agentOf(generation) }, stamp);
    return systemTextOf(layers) || null;
  }

  return async (generation, stamp) => {
    // A reply to somebody else is theirs by the user; a chat's own version tells chats apart only where there is one.
    const { userId: asker, projectId, agentId, agentVersion, chatId } = generation;
    const { primary, personal, project, chat } = stamp;
    const where = [asker, projectId, agentId, agentVersion, chat === null ? null : chatId];
    const key = JSON.stringify([...where, primary, personal, project, chat]);
    if (!known.has(key)) {
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(key, await read(generation, stamp));
    }
    return known.get(key)!;
  };
}
