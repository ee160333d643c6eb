/** Who answers what is said next: the agent of the chat that begins, or the one that was named for this message alone. */
import { create } from 'zustand';
import type { Agent } from '#features/agents/agents.ts';
import { NEW_CHAT } from '../drafts.ts';

/** The agent of the chat that begins; by the id of a chat, with `@` before it, the one for its next message. */
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

/** `own`: the agent that was chosen for the chat that begins; `once`: the one that is named for the next message alone. */
export function useWhoAnswers(chatId: string | null) {
  const chosen = useAgentChoice(NEW_CHAT);
  const once = useAgentChoice(onceIn(chatId));
  return { own: chatId ? null : chosen, once };
}
