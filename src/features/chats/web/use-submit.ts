import { useLocation } from 'wouter';
import { useNextModels } from '#features/endpoints/web/index.ts';
import { usePreferences } from '#web/preferences.ts';
import { type ChosenAgent, chooseAgent, takeOnce } from './answering/who-answers.ts';
import { NEW_CHAT } from './drafts.ts';
import type { NewPlace } from './new-chat.ts';
import { type NextModel, setPending } from './next-model.ts';
import { send } from './outgoing.ts';

type Sending = {
  chatId: string | null;
  /** Where a chat that begins is to be. */
  place: NewPlace | null;
  /** The chat that begins is to be in no list. */
  temporary: boolean;
  next: NextModel;
  /** The agent that leads a chat that begins, and the one that is named for this message. */
  own: ChosenAgent | null | undefined;
  once: ChosenAgent | undefined;
  /** A reply in this chat waits or is being written. */
  generating: boolean;
};

/** What becomes of what somebody has written: it is sent, or waits for the reply; with the first words of a chat that is made. */
export function useSubmit({
  chatId,
  place,
  temporary,
  next,
  own,
  once,
  generating,
}: Sending): (text: string) => void {
  const [, navigate] = useLocation();
  const { model, key, pending } = next;
  return (text) => {
    const named = takeOnce(chatId);
    if (chatId) {
      const when = generating && usePreferences.getState().whileWriting;
      return void send({ chatId, text, modelId: null, when: when || null, ...named });
    }
    // One that is named by `@` is for this message alone: those that follow have the one that was chosen for the chat.
    const alone = useNextModels.getState()['']?.length === 1;
    const chosen = pending ?? (alone && !next.from && !model?.isDefault && model?.id);
    const where = {
      ...place,
      ...(temporary && { temporary }),
      agentId: own?.id,
      ...(chosen && { settings: { modelId: chosen } }),
    };
    // An agent with a model of its own is asked as it is: what is named with a message would win over that.
    const modelId = (once ?? own)?.modelId ? null : (model?.id ?? null);
    const sent = send({ chatId, text, modelId, place: where, ...named });
    chooseAgent(NEW_CHAT);
    setPending(key);
    navigate(`/c/${sent.chatId}`);
  };
}
