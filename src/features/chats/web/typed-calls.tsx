import type { RefObject } from 'react';
import type { ChatPlace } from '#features/agents/web/index.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { Answering } from './answering/part.tsx';
import { MENTION } from './answering/who-answers.ts';
import type { CommandPlace } from './commands/use-commands.tsx';
import { later } from './later-words.ts';

const COMMANDS = { fetch: () => import('./commands/commands.tsx'), words: [later] };

type TypedCallsProps = {
  /** Where the chat is, or is to be. */
  at: ChatPlace;
  place: CommandPlace;
  /** Somebody is called for the next message already. */
  called: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  onDraft: (text: string) => void;
};

/** What `@` and `/` call in the composer; fetched when they are typed. */
export function TypedCalls({ at, place, called, ...typing }: TypedCallsProps) {
  return (
    <>
      {(called || MENTION.test(typing.draft)) && (
        <Answering show="mention" chatId={place.chatId} place={at} {...typing} />
      )}
      {typing.draft[0] === '/' && <LaterPart part={COMMANDS} give={{ place, ...typing }} />}
    </>
  );
}
