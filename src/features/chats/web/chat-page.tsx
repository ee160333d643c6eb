/** One chat, or the one that begins with the next message. */
import { useEffect, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation, useSearch } from 'wouter';
import { GuestStay } from '#features/accounts/web/index.ts';
import { useNextModels } from '#features/endpoints/web/index.ts';
import { CONTEXT_METER, fillOf } from '#features/generations/web/index.ts';
import { ApiError } from '#web/api/http.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { useMedia } from '#web/theme/theme.ts';
import { Header } from '#web/ui/header.tsx';
import { useTitle } from '#web/ui/use-title.ts';
import { Answering } from './answering/part.tsx';
import { useWhoAnswers } from './answering/who-answers.ts';
import { bringBack } from './bring-back.ts';
import { ChatHeader } from './chat-header.tsx';
import { useChatRights } from './chat-rights.ts';
import { ChatSkeleton, ChatUnreachable } from './chat-states.tsx';
import { Composer } from './composer.tsx';
import { NEW_CHAT, useDraft } from './drafts.ts';
import { Greeting, Suggestions } from './empty-state.tsx';
import { later } from './later-words.ts';
import { LINKED } from './linked/linked.ts';
import { MessageList } from './message-list.tsx';
import { beginsTemporary, placeOf } from './new-chat.ts';
import { useNextModel } from './next-model.ts';
import { editLast } from './tree/editing.ts';
import { TypedCalls } from './typed-calls.tsx';
import { markRead } from './unread.ts';
import { useBranch } from './use-branch.ts';
import { useChat } from './use-chats.ts';
import { useEscape } from './use-escape.ts';
import { useGenerating } from './use-generating.ts';
import { useReplyActions } from './use-reply-actions.ts';
import { useSubmit } from './use-submit.ts';

const TABS = { fetch: () => import('./chat-tabs.tsx'), words: [later] };
const OUTBOX = { fetch: () => import('./outbox/outbox-list.tsx'), words: [later] };
const NEXT_MODELS = { fetch: () => import('./compare/next-models-note.tsx'), words: [later] };
const TEMPORARY = { fetch: () => import('./temporary-note.tsx'), words: [later] };
const SHARED = { fetch: () => import('./shared-chat.tsx'), words: [later] };

export function ChatPage({ chatId }: { chatId: string | null }) {
  const t = useTranslations('chat');
  const [, navigate] = useLocation();
  const { lines, pages, unborn } = useBranch(chatId);
  const chat = useChat(chatId, !unborn);
  const rights = useChatRights(chat.data, true);
  const { own, once } = useWhoAnswers(chatId);
  const nextModels = useNextModels((picked) => picked[chatId ?? '']);
  const search = useSearch();
  const place = useMemo(() => (chatId ? null : placeOf(search)), [chatId, search]);
  const linked = chatId && new URLSearchParams(search).get('m');
  const first = lines[0]?.outgoing;
  const temporary = chatId ? (chat.data ?? first?.place)?.temporary === true : beginsTemporary(search);
  const sent = first?.modelId;
  const next = useNextModel(
    chatId,
    chat.data,
    { ...place, agentId: own?.id },
    sent,
    !chatId || pages.isSuccess,
  );
  const { model } = next;
  const [draft, setDraft] = useDraft(chatId ?? (place ? place.projectId : NEW_CHAT));
  const wide = useMedia('(min-width: 48rem)');
  const field = useRef<HTMLTextAreaElement>(null);
  const waitedFor = useRef<string | null>(null);
  const { generating, stopAll } = useGenerating(chatId, lines);
  const fill = useMemo(() => {
    const messages = lines.map(({ message }) => message);
    return model && fillOf(messages, model.contextWindow);
  }, [lines, model]);

  useEffect(() => {
    if (chatId) markRead(chatId);
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [chatId]);

  const submit = useSubmit({ chatId, place, temporary, next, own, once, generating });
  const actions = useReplyActions(next.pending ?? null);
  useEscape(generating && rights.write, stopAll);

  const gone = chat.data === null || (chat.error instanceof ApiError && chat.error.status === 404);
  const unreachable = chatId !== null && !unborn && gone;
  useTitle(unreachable ? t('goneTitle') : chat.data?.title || null);
  if (unreachable) {
    const written = draft !== '' || lines.some(({ outgoing }) => outgoing);
    const toNewChat = () => {
      bringBack(chatId);
      navigate('/', { replace: true });
    };
    return (
      <>
        <Header />
        <ChatUnreachable gone lost={Boolean(chat.data?.projectId)} onBringBack={written ? toNewChat : null} />
      </>
    );
  }
  const broken = chatId !== null && pages.isError && lines.length === 0;
  const empty = chatId === null || (pages.isSuccess && lines.length === 0 && !unborn);
  const loading = !broken && !empty && lines.length === 0;
  if (loading) waitedFor.current = chatId;
  const focus = () => field.current?.focus();
  const suggestions = chatId === null && (
    <Suggestions starters={own?.starters} draft={draft} onDraft={setDraft} focus={focus} />
  );
  return (
    <>
      <ChatHeader
        chatId={chatId}
        chat={chat.data ?? null}
        place={place}
        temporary={temporary}
        rights={rights}
        next={next}
        meter={fill && <LaterPart part={CONTEXT_METER} give={{ fill }} />}
      />
      {chat.data?.projectId && <LaterPart part={TABS} give={{ projectId: chat.data.projectId, chatId }} />}
      {chat.data?.agentId && rights.write && <Answering show="note" chat={chat.data} />}
      {broken ? (
        <ChatUnreachable onRetry={() => void pages.refetch()} />
      ) : empty ? (
        <div className="flex min-h-0 flex-1 flex-col justify-center-safe overflow-y-auto pt-6 md:flex-[5] md:justify-end-safe">
          <Greeting titled={chatId !== null} />
          {!chatId && <Answering show="cards" place={place} focus={focus} />}
          {!wide && suggestions}
        </div>
      ) : loading ? (
        <ChatSkeleton />
      ) : (
        <MessageList
          chatId={chatId}
          projectId={chat.data?.projectId ?? null}
          reads={!rights.write}
          lines={lines}
          waited={waitedFor.current === chatId}
          gap={pages.data?.pages[0]?.gap}
          loadOlder={pages.hasNextPage && !pages.isFetchingNextPage ? pages.fetchNextPage : null}
          {...actions}
        />
      )}
      {linked && lines[0]?.outgoing === null && (
        <LaterPart part={LINKED} give={{ chatId, messageId: linked, lines }} />
      )}
      {chatId && lines[0]?.outgoing === null && (
        <LaterPart part={OUTBOX} give={{ chatId, generating, reads: !rights.write }} />
      )}
      {chat.data?.visibility === 'shared' && (
        <LaterPart
          part={SHARED}
          give={{ chat: chat.data, lines, reads: !rights.write && !rights.unknown }}
          instead={<div className="h-6 shrink-0" />}
        />
      )}
      {temporary && <LaterPart part={TEMPORARY} give={{ chat: chat.data ?? null }} />}
      {nextModels?.[1] && <LaterPart part={NEXT_MODELS} give={{ chatId, modelIds: nextModels }} />}
      <GuestStay look="banner" place={chatId ? 'chat' : 'new'} />
      {(rights.write || rights.unknown) && (
        <Composer
          ref={field}
          draft={draft}
          onDraft={setDraft}
          onSend={submit}
          generating={generating}
          onStop={stopAll}
          onUp={() => editLast(lines)}
          disabled={gone || !rights.write}
        >
          <TypedCalls
            at={chat.data ?? place}
            place={{
              chatId,
              chat: chat.data ?? null,
              lines,
              temporary,
              rights,
              generating,
              onStop: stopAll,
              onRegenerate: actions.onRegenerate,
            }}
            called={once !== undefined || nextModels?.length === 1}
            field={field}
            draft={draft}
            onDraft={setDraft}
          />
        </Composer>
      )}
      {empty && (
        <div className="min-h-0 overflow-y-auto max-md:hidden md:flex-[6]">{wide && suggestions}</div>
      )}
    </>
  );
}
