/** What follows a reply in a chat that has the first words of its first message as its title: a model is asked for a better one. */
import { z } from 'zod';
import { resolveModel } from '#features/endpoints/server/index.ts';
import {
  askUnbidden,
  type Follower,
  type FollowUp,
  follower,
  type GenerationRow,
  whenEnded,
} from '#features/generations/server/index.ts';
import { readMessage } from '#features/messages/server/index.ts';
import { Id } from '#fields';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { lockAnyChat } from '../access.ts';
import type { ChatRow } from '../present-chat.ts';
import { TITLE_ANSWERED } from './set-title.ts';
import { TITLE_PARAMETERS, titleQuestion } from './title-question.ts';
import { TITLE_MODEL } from './titling.ts';

const REPLY_OF_UNTITLED: FollowUp<{ chatId: string }> = {
  kind: 'title-wanted',
  input: z.object({ chatId: Id }),
};

/** The ledger's word for it. */
const CLIENT = 'titles';

/** Has a title made once this reply is complete, if the chat is one that gets one. In the transaction that queues the reply. */
export async function titleWhenEnded(
  tx: Tx,
  chat: Pick<ChatRow, 'id' | 'titling'>,
  generationId: string,
): Promise<void> {
  if (chat.titling === 'words') await whenEnded(tx, REPLY_OF_UNTITLED, generationId, { chatId: chat.id });
}

/** Asks for the title, once for each chat: in the transaction that consumes the follow-up, on the account of who got the reply. */
export const followUntitled = (services: Services): Follower =>
  follower(REPLY_OF_UNTITLED, (tx, ended, { chatId }, afterCommit) =>
    askForTitle(tx, services, ended, chatId, afterCommit),
  );

async function askForTitle(
  tx: Tx,
  services: Services,
  ended: GenerationRow,
  chatId: string,
  afterCommit: AfterCommit,
): Promise<void> {
  // What did not complete is no answer to name a chat by; the next reply there is looked at as this one.
  if (ended.state !== 'completed') return;
  const chat = await lockAnyChat(tx, chatId);
  if (chat?.titling !== 'words' || chat.deletedAt || chat.temporary) return;
  const asked = await ask(tx, services, ended, chatId, afterCommit);
  await tx.query('UPDATE chats SET titling = $2 WHERE id = $1', [chatId, asked ? 'asked' : null]);
}

async function ask(
  tx: Tx,
  services: Services,
  ended: GenerationRow,
  chatId: string,
  afterCommit: AfterCommit,
): Promise<boolean> {
  const { rows } = await tx.query<{ modelId: string | null }>(`SELECT ${TITLE_MODEL} AS "modelId"`);
  const modelId = rows[0]?.modelId;
  const model = modelId ? await resolveModel(tx, modelId) : null;
  const question = ended.userMessageId && (await readMessage(tx, ended.userMessageId));
  const answer = ended.messageId && (await readMessage(tx, ended.messageId));
  if (!model || !question || !answer) return false;
  const input = { messages: titleQuestion(question.content, answer.content) };
  const id = await askUnbidden(
    tx,
    services,
    ended.userId,
    { model, input, parameters: TITLE_PARAMETERS, client: CLIENT },
    chatId,
  );
  if (!id) return false;
  await whenEnded(tx, TITLE_ANSWERED, id, { chatId });
  afterCommit(() => services.log.info({ generationId: id, titleOf: chatId }, 'a title was asked for'));
  return true;
}
