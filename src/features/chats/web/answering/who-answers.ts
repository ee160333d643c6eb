/** Who answers what is said next: the agent of the chat that begins, or the one that was named for this message alone. */
import type { Agent } from '#features/agents/agents.ts';
import { keptStore } from '#web/kept/kept-store.ts';
import { NEW_CHAT } from '../drafts.ts';

/** What has to be known of an agent before all of them have been read. */
export type ChosenAgent = Pick<Agent, 'id' | 'name' | 'icon' | 'modelId' | 'starters'>;

/** The agent of the chat that begins; by the id of a chat, with `@` before it, the one for its next message. Kept with what is typed. */
const [useAgentChoices, chooseAgent] = keptStore<ChosenAgent>(
  'agent.',
  ({ id, name, icon, modelId, starters }) => ({ id, name, icon, modelId, starters }),
);

export { chooseAgent };

export const useAgentChoice = (key: string): ChosenAgent | undefined =>
  useAgentChoices((choices) => choices[key]);

/** What stands for the next message of a chat. */
export const onceIn = (chatId: string | null): string => `@${chatId ?? NEW_CHAT}`;

/** Somebody begins to name an agent: until then nothing of it is fetched. */
export const MENTION = /(^|\s)@/;

/** The agent that is named for the next message, as that message says it; it is used up by that. */
export function takeOnce(chatId: string | null): { agentId?: string | undefined } {
  const agentId = useAgentChoices.getState()[onceIn(chatId)]?.id;
  if (agentId) chooseAgent(onceIn(chatId));
  return { agentId };
}

/** `own`: the agent that was chosen for the chat that begins; `once`: the one that is named for the next message alone. */
export function useWhoAnswers(chatId: string | null) {
  const chosen = useAgentChoice(NEW_CHAT);
  const once = useAgentChoice(onceIn(chatId));
  return { own: chatId ? null : chosen, once };
}
