/** Who answers what is said next: the agent of the chat, or the one that was named for this message alone, and with which model. */
import { create } from 'zustand';
import type { Agent } from '#features/agents/agents.ts';
import { useChosenModel } from '#features/endpoints/web/index.ts';
import type { Chat } from '../../chats.ts';
import { NEW_CHAT } from '../drafts.ts';

/** By the id of a chat the agent that it has, as far as that is known here; with `@` before it, the one for the next message. */
const useAgentChoices = create<Record<string, Agent | null | undefined>>(() => ({}));

export const chooseAgent = (key: string, agent: Agent | null): void =>
  useAgentChoices.setState({ [key]: agent });

export const useAgentChoice = (key: string): Agent | null | undefined =>
  useAgentChoices((choices) => choices[key]);

/** What stands for the next message of a chat. */
export const onceIn = (chatId: string | null): string => `@${chatId ?? NEW_CHAT}`;

/** Somebody begins to name an agent: until then nothing of it is fetched. */
export const MENTION = /(^|\s)@/;

/** The agent that is named for the next message, as that message says it; it is used up by that. */
export function takeOnce(chatId: string | null): { agentId?: string | undefined } {
  const agentId = useAgentChoices.getState()[onceIn(chatId)]?.id;
  chooseAgent(onceIn(chatId), null);
  return { agentId };
}

/** `modelId`: what a message says about its model; null: it leaves that to the agent, or to what is known of the chat. */
export function useWhoAnswers(chatId: string | null, chat: Chat | null | undefined) {
  const own = useAgentChoice(chatId ?? NEW_CHAT);
  const once = useAgentChoice(onceIn(chatId));
  const [model, , byHand] = useChosenModel(chatId, own?.modelId ?? chat?.modelId ?? null);
  const led = chatId ? once || chat?.agentId : (once ?? own)?.modelId;
  return { own, once, model, modelId: led && !byHand ? null : (model?.id ?? null) };
}
