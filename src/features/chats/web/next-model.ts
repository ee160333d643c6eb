/** Which model answers next in a chat, and who says so. How another one is chosen is fetched with the list of models. */
import { create } from 'zustand';
import { lastChoice, useKnownModel } from '#features/endpoints/web/index.ts';
import { useLayered } from '#features/settings/web/index.ts';
import type { Chat } from '../chats.ts';
import type { NewChatFields } from './new-chat.ts';

/** Chosen by hand and not kept by the server yet: of a chat by its id, of one that begins by where it is to be. */
const usePending = create<Record<string, string | undefined>>(() => ({}));
/** What stands for the choice of a chat, or of the one that begins at a place. */
export const pendingKey = (chatId: string | null, place: { projectId?: string | null } | null): string =>
  chatId ?? place?.projectId ?? '';
export const pendingModel = (key: string) => usePending.getState()[key];
export const setPending = (key: string, modelId?: string): void => usePending.setState({ [key]: modelId });

/**
 * `chat` is missing while it is not known, or not made yet: `sent` is the model that its first message was sent to. What the
 * layers say is read once `settled`, after the messages.
 */
export function useNextModel(
  chatId: string | null,
  chat: Chat | null | undefined,
  place: NewChatFields,
  sent: string | null | undefined,
  settled: boolean,
) {
  const key = pendingKey(chatId, place);
  const pending = usePending((all) => all[key]);
  const own = pending ?? chat?.settings.modelId;
  const path = chatId
    ? `chats/${chatId}/settings`
    : `settings?${new URLSearchParams(JSON.parse(JSON.stringify(place)))}`;
  const read = useLayered(settled ? path : null).data?.modelId;
  // What the chat itself said a moment ago, or what nobody says.
  const said = read?.from === 'chat' || (!chatId && read?.from === 'default') ? null : read;
  const model = useKnownModel([own, said?.value, chatId ? (chat ? chat.modelId : sent) : lastChoice()]);
  return {
    key,
    model,
    pending,
    own,
    from: own ? ('chat' as const) : said?.from,
  };
}

export type NextModel = ReturnType<typeof useNextModel>;
