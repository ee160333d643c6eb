import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../../chats.ts';
import { changeChat } from '../change-chat.ts';
import { pendingModel, setPending } from '../next-model.ts';

/**
 * Has a chat answered by a model from now on, or by the one that the layers below name. Until the server has that, messages name
 * the model themselves, so that none goes to the one that was there before.
 */
export async function keepModel(
  chat: Chat,
  key: string,
  modelId: string | undefined,
  say: (detail: string) => string,
): Promise<void> {
  const { modelId: _, ...others } = chat.settings;
  setPending(key, modelId);
  try {
    await changeChat(chat, { settings: { ...others, ...(modelId && { modelId }) } });
  } catch (error) {
    toast(say(error instanceof Error ? error.message : String(error)));
  }
  if (pendingModel(key) === modelId) setPending(key);
}
