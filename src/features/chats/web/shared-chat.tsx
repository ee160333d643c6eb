/** What is different in a chat that others write in as well: they are heard, and seen typing. */
import { useEffect, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { usePersonName } from '#features/accounts/web/index.ts';
import { onFrame } from '#features/generations/web/index.ts';
import { queryClient } from '#web/api/query-client.ts';
import { sendLive } from '#web/live/live-connection.ts';
import { useLiveStatus } from '#web/live/live-status.ts';
import type { Chat } from '../chats.ts';
import { keys } from './chat-cache.ts';
import { useDraft } from './drafts.ts';
import { ReaderNote } from './reader-note.tsx';
import type { BranchLine } from './use-branch.ts';
import { useSayTyping } from './use-say-typing.ts';
import { noteStopped, noteTyping, type Typer, useTypers } from './who-types.ts';

/** What is said while the page begins to listen is not heard, but seen by the chat's last message. */
const HEARD_WITHIN_MS = 1500;
/** Somebody who pauses and goes on is not announced anew. */
const ANNOUNCED_MS = 60_000;
const NOBODY: readonly Typer[] = [];

type SharedChatProps = {
  chat: Chat;
  lines: readonly BranchLine[];
  /** Whoever is here may not write. */
  reads: boolean;
};

export default function SharedChat({ chat, lines, reads }: SharedChatProps) {
  const [draft] = useDraft(chat.id);
  useListening(chat.id);
  useNothingMissed(chat, lines);
  useSayTyping(draft);
  const typers = useTypers((all) => all[chat.id]) ?? NOBODY;
  const said = lines.findLast(({ message }) => message.role === 'user')?.message;
  const author = said?.authorId ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each new message
  useEffect(() => {
    if (author) noteStopped(chat.id, author);
  }, [chat.id, author, said?.id]);
  return (
    <>
      <Typing typers={typers} />
      {reads && <ReaderNote />}
    </>
  );
}

/** Says to the server that this chat is on the screen, for as long as it is. */
function useListening(chatId: string): void {
  const status = useLiveStatus((live) => live.status);
  useEffect(() => {
    onFrame('typing', noteTyping);
    if (status !== 'open') return;
    sendLive('open', { chatId });
    return () => void sendLive('open', { chatId: null });
  }, [chatId, status]);
}

/** Reads the messages again when the chat's last one does not come by itself. */
function useNothingMissed({ id, leafMessageId }: Chat, lines: readonly BranchLine[]): void {
  const missing = leafMessageId !== null && !lines.some(({ message }) => message.id === leafMessageId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each last message once
  useEffect(() => {
    if (!missing) return;
    const reread = () => void queryClient.invalidateQueries({ queryKey: keys.messages(id) });
    const timer = setTimeout(reread, HEARD_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [id, missing, leafMessageId]);
}

/** One calm line, whose place is always there. */
function Typing({ typers }: { typers: readonly Typer[] }) {
  const t = useTranslations('room');
  const format = useFormatter();
  const nameOf = usePersonName();
  const wordsFor = (people: readonly Typer[]) =>
    t('typing', { count: people.length, names: format.list(people.map(({ name }) => nameOf(name))) });
  const announced = useAnnounced(typers);
  return (
    <div className="mx-auto flex h-6 w-full max-w-(--measure) shrink-0 items-center px-7 text-note text-muted sm:px-10">
      {typers.length > 0 && (
        <span aria-hidden="true" className="flex min-w-0 animate-appear items-center gap-2">
          <span className="flex shrink-0 gap-0.5">
            {[0, 1, 2].map((dot) => (
              <span
                key={dot}
                className="size-1 animate-breathe rounded-full bg-current"
                style={{ animationDelay: `${dot * 0.2}s` }}
              />
            ))}
          </span>
          <span className="truncate" data-typing="">
            {wordsFor(typers)}
          </span>
        </span>
      )}
      <span className="sr-only" aria-live="polite">
        {announced && wordsFor([announced])}
      </span>
    </div>
  );
}

/** Who is to be announced: each once, until they have been silent for long. */
function useAnnounced(typers: readonly Typer[]): Typer | null {
  const [announced, setAnnounced] = useState<Typer | null>(null);
  const times = useRef(new Map<string, number>());
  useEffect(() => {
    if (typers.length === 0) setAnnounced(null);
    const now = performance.now();
    for (const typer of typers) {
      const before = times.current.get(typer.userId) ?? Number.NEGATIVE_INFINITY;
      if (now - before > ANNOUNCED_MS) setAnnounced(typer);
      times.current.set(typer.userId, now);
    }
  }, [typers]);
  return announced;
}
