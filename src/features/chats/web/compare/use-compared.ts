/** The replies of a comparison as they are now: what is stored of them, and where each stands. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Generation, GenerationState } from '#features/generations/generations.ts';
import { isTerminalState } from '#features/generations/rules.ts';
import { noteReply, useReplies, viewReply, whenReplyEnds } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import type { Compared } from '#features/messages/opinions.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { keys } from '../chat-cache.ts';

export type ComparedReply = Message & { compared: Compared };

/** Below the branch, so that both are read again by one word. */
const keyOf = (chatId: string, id: string) => [...keys.messages(chatId), 'beside', id];

type Found = { id: string; message: Message | null; retry: (() => void) | null };

/** The replies beside the shown one, in the order of their models; `message` null until one is read, `retry` where that failed. */
export function useCompared(shown: ComparedReply): Found[] {
  const { chatId } = shown;
  const { ids } = shown.compared;
  // As many as there can be: a list of queries of any length would weigh on the first load.
  const all = [useOne(shown, 0), useOne(shown, 1), useOne(shown, 2), useOne(shown, 3)];
  useEffect(() => {
    // For when another one is shown in its place.
    queryClient.setQueryData(keyOf(chatId, shown.id), shown);
  }, [chatId, shown]);
  useEffect(
    () =>
      whenReplyEnds(({ messageId }) => {
        if (messageId && messageId !== shown.id && ids.includes(messageId))
          void queryClient.invalidateQueries({ queryKey: keyOf(chatId, messageId) });
      }),
    [chatId, ids, shown.id],
  );
  return all.slice(0, ids.length);
}

function useOne(shown: ComparedReply, place: number): Found {
  const id = shown.compared.ids[place] ?? '';
  const isShown = id === shown.id;
  const { data, isError, refetch } = useQuery({
    queryKey: keyOf(shown.chatId, id),
    queryFn: ({ signal }) => api<Message>('GET', `/api/v1/messages/${id}`, undefined, signal),
    enabled: id !== '' && !isShown,
  });
  const message = isShown ? shown : (data ?? null);
  return { id, message, retry: isError && !message ? () => void refetch() : null };
}

export type Standing = {
  model: string | null;
  state: GenerationState | null;
  /** It says something. */
  begun: boolean;
  running: boolean;
};
const UNREAD: Standing = { model: null, state: null, begun: false, running: true };

/** Where each of them stands, from its events or as it was stored. The same array for as long as nothing changes. */
export function useStandings(messages: readonly (Message | null)[]): Standing[] {
  const told = useReplies(({ replies }) =>
    JSON.stringify(
      messages.map((message) => {
        if (!message) return UNREAD;
        const { model, state, content } = viewReply(message, replies[message.generationId ?? '']);
        const running = message.generationId !== null && !(state && isTerminalState(state));
        return { model, state, begun: content.length > 0, running };
      }),
    ),
  );
  const standings = useMemo(() => JSON.parse(told) as Standing[], [told]);
  useModelsOfWaiting(messages, standings);
  return standings;
}

/** Asks for the model of a reply that waits in line: its first event, which names it, is still to come. */
function useModelsOfWaiting(messages: readonly (Message | null)[], standings: readonly Standing[]): void {
  const nameless = messages.flatMap((message, place) =>
    message?.generationId && !standings[place]!.model ? message.generationId : [],
  );
  const named = nameless.join();
  useEffect(() => {
    for (const id of named.split(',').filter(Boolean))
      api<Generation>('GET', `/api/v1/generations/${id}`).then(
        ({ model, chatId, messageId }) => noteReply(id, { model, chatId, messageId }),
        // Its first event will tell.
        () => {},
      );
  }, [named]);
}
