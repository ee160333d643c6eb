/** Rebuilding what a model was told for a reply, and proving it by the hash that the reply was stamped with. */

import { readsAgent } from '#features/agents/server/index.ts';
import type { ContextStamp } from '#features/contexts/contexts.ts';
import { LAYERS, type LayerTexts, NO_LAYERS } from '#features/contexts/rules.ts';
import { readLayersOf } from '#features/contexts/server/index.ts';
import { resolveModel } from '#features/endpoints/server/index.ts';
import { aboveOf, branchOf, type MessageRow, readMessage } from '#features/messages/server/index.ts';
import { projectIdsOf } from '#features/projects/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { type Sentence, toDetail } from '#platform/sentences.ts';
import type { ToldContext } from '../../told-context.ts';
import type { GenerationRow } from '../generation-columns.ts';
import { findGenerationOf, lateAmong, openingOf } from '../replies-of.ts';
import { say } from '../say.ts';
import { agentOf } from './agent-of.ts';
import { type Composed, compose, type Told } from './assemble.ts';
import { EVEN, NO_TOKENS, type Tokens, tokensOf } from './estimate-tokens.ts';
import type { PastMessage } from './fit-history.ts';
import { asked, toPast } from './read-history.ts';
import { windowOf } from './window.ts';

/** A reply was sent no more history than this, and a message more. */
const MOST_BYTES = 16 * 1024 * 1024;
/** What was left out is told only so far back. */
const OMITTED = { limit: 1_000, bytes: 4 * 1024 * 1024 };

type Rebuilt = Composed & { omitted: PastMessage[]; problem: Sentence | null };
type Ended = { id: string; chatId: string; stamp: ContextStamp };

/**
 * What the model was told for a reply that the asker may read. 404 for what no model was asked for, and until it has ended.
 * Somebody else's own instructions, and those of a project or an agent that the asker may not read, count, but are not shown.
 */
export async function rebuildContext(
  db: Queryable,
  asker: Principal,
  reply: MessageRow,
): Promise<ToldContext> {
  const stamp = reply.ending?.context;
  if (!stamp) throw notFound(say('no_context'));
  const ended = { id: reply.id, chatId: reply.chatId, stamp };
  const generation = await findGenerationOf(db, reply.id);
  const model = await resolveModel(db, reply.ending!.model);
  const rebuilt =
    generation?.chatId === reply.chatId
      ? await rebuild(db, ended, generation)
      : nothingOf(reply.ending!.model);
  const isTrue = rebuilt.sha256 === stamp.sha256;
  const problem = isTrue ? null : (rebuilt.problem ?? say('context_changed'));
  // In the tokens of that time: the parts add up to what was estimated then.
  const share = stamp.estimatedTokens / Math.max(1, tokensOf(rebuilt.tokens, EVEN));
  const scaled = (tokens: Tokens) => Math.round(tokensOf(tokens, EVEN) * share);
  const hidden = await hiddenFrom(db, asker, stamp, generation);
  const window = windowOf(model?.contextWindow ?? null, undefined);
  return {
    model: generation?.modelName ?? reply.ending!.model,
    parameters: { ...generation?.parameters },
    messages: rebuilt.told.map((told) => ({
      ...told,
      tokens: scaled(told.tokens),
      ...(hidden.has(told.layer) && { text: '', hidden: true as const }),
    })),
    omitted: rebuilt.omitted.map(({ id, tokens }) => ({ messageId: id, tokens: scaled(tokens) })),
    omittedCount: stamp.omitted,
    tools: [],
    tokens: stamp.estimatedTokens,
    window: window.tokens,
    windowAssumed: !window.isKnown,
    sha256: stamp.sha256,
    verified: isTrue,
    ...(problem && tellProblem(problem)),
  };
}

/** The layers that are somebody else's: a person's own, those of a project they are not in, and of an agent they may not read. */
async function hiddenFrom(
  db: Queryable,
  { userId }: Principal,
  { agentId }: ContextStamp,
  generation: GenerationRow | null,
): Promise<Set<Told['layer']>> {
  const projectId = generation?.projectId ?? null;
  const own = projectId === null ? [] : ((await projectIdsOf(db, [userId])).get(userId) ?? []);
  const hidden: Told['layer'][] = [];
  if (generation?.userId !== userId) hidden.push('personal');
  if (projectId !== null && !own.includes(projectId)) hidden.push('project');
  if (!(await readsAgent(db, userId, agentId))) hidden.push('agent');
  return new Set(hidden);
}

function tellProblem(problem: Sentence): Pick<ToldContext, 'reason' | 'why'> {
  const { detail, ...why } = toDetail(problem);
  return { reason: detail, why };
}

/** A copy of a reply, whose branch stands elsewhere. */
const nothingOf = (model: string): Rebuilt => ({
  ...compose({ model, parameters: {}, layers: NO_LAYERS, history: [], message: null, opening: null }),
  omitted: [],
  problem: say('context_from_elsewhere'),
});

async function rebuild(db: Queryable, ended: Ended, generation: GenerationRow): Promise<Rebuilt> {
  const { stamp, chatId } = ended;
  const { userId, projectId, modelName: model, parameters, userMessageId } = generation;
  const [layers, opening, question] = [
    await readLayersOf(db, { userId, chatId, projectId, agent: agentOf(generation) }, stamp),
    await openingOf(db, generation.id),
    userMessageId ? await readMessage(db, userMessageId) : null,
  ];
  const composeWith = (history: PastMessage[]) =>
    compose({
      model,
      parameters,
      layers,
      history,
      message: question && asked(question),
      opening: opening === null ? null : { id: ended.id, text: opening },
    });
  const problem = isComplete(layers, stamp) ? null : say('context_version_gone');
  const { system, kept, left } = question
    ? await historyOf(db, chatId, question, stamp.omitted)
    : { system: null, kept: [], left: [] };
  const late = await lateAmong(db, kept, generation.startedAt);
  for (const history of waysToHear(kept, late)) {
    // It went before the turns that were kept, unless it was too long itself.
    const opened = system && composeWith([system, ...history.slice(1)]);
    if (system && opened?.sha256 === stamp.sha256)
      return { ...opened, omitted: [...left, history[0]!].filter(({ id }) => id !== system.id), problem };
    const composed = composeWith(history);
    if (composed.sha256 === stamp.sha256) return { ...composed, omitted: left, problem };
  }
  return { ...composeWith(kept.map(toPast)), omitted: left, problem };
}

/**
 * What these messages may have said then: as they are now, with those left out since still heard, and without what was not written yet.
 * The stamp tells which it was.
 */
function waysToHear(kept: readonly MessageRow[], late: ReadonlySet<string>): PastMessage[][] {
  const heard = kept.some(({ excluded }) => excluded)
    ? [kept.map(toPast), kept.map(asked)]
    : [kept.map(toPast)];
  if (late.size === 0) return heard;
  const before = (past: PastMessage[]) =>
    past.map((message) => (late.has(message.id) ? { ...message, text: '', tokens: NO_TOKENS } : message));
  return [...heard.map(before), ...heard];
}

const isComplete = (layers: LayerTexts, stamp: ContextStamp): boolean =>
  LAYERS.every((layer) => (layers[layer]?.version ?? null) === stamp[layer]);

/**
 * What of the branch above a question was sent, and the newest of what was not: it was cut at one place. `system` is what the
 * system said at its beginning, above that.
 */
async function historyOf(
  db: Queryable,
  chatId: string,
  question: MessageRow,
  omittedCount: number,
): Promise<{ system: PastMessage | null; kept: MessageRow[]; left: PastMessage[] }> {
  const { count, root } = await aboveOf(db, chatId, question.id);
  const limit = Math.max(0, count - omittedCount);
  const bounds = { limit, bytes: MOST_BYTES };
  const kept = limit === 0 ? [] : (await branchOf(db, chatId, question.parentId, bounds)).messages;
  const above = limit === 0 ? question.parentId : (kept[0]?.parentId ?? null);
  const left = omittedCount === 0 ? [] : (await branchOf(db, chatId, above, OMITTED)).messages;
  const first =
    limit > 0 && omittedCount > 0 && root?.role === 'system' ? await readMessage(db, root.id) : null;
  return { system: first && toPast(first), kept, left: left.map(toPast) };
}
