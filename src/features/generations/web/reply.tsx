/** One reply: its stage while it waits, its words as they come, and how it ended. */
import { type ComponentType, memo, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { reasoningOf, textOf } from '#features/messages/rules.ts';
import { lazyExtra } from '#web/fetch-file.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { Markdown } from '#web/markdown/markdown.tsx';
import { isTerminalState } from '../rules.ts';
import { later } from './later-words.ts';
import { oddEnd } from './odd-end.ts';
import { Reasoning } from './reasoning.tsx';
import { useReplies } from './replies.ts';
import { follow, stop } from './reply-actions.ts';
import { ReplyStatus } from './reply-status.tsx';
import { ReplyToolbar } from './reply-toolbar.tsx';
import { viewReply } from './reply-view.ts';

type ReplyProps = {
  message: Message;
  /** The chat's last reply: the one with ways on. */
  last: boolean;
  /** One of the last ones, which are drawn first. */
  near: boolean;
  /** Whoever is here only reads, and has nothing answered or stopped. */
  reads?: boolean;
  /** Names the agent that writes or wrote it. */
  agent?: ReactNode;
  /** The way to other replies to the same message. */
  pager?: ReactNode;
  /** What else can be done to it; `again`: behind the button that has it answered again. */
  Tools?: ComponentType<{ message: Message; again?: boolean }>;
  onRetry: (message: Message) => void;
  onContinue: (message: Message) => void;
  onRegenerate: (message: Message, modelId?: string) => void;
};

const fetchOutcome = () => import('./reply-outcome.tsx');
const ReplyOutcome = lazyExtra(fetchOutcome);
const OMITTED = { fetch: () => import('./omitted-note.tsx'), words: [later] };

export const Reply = memo(function Reply(props: ReplyProps) {
  const t = useTranslations('reply');
  const { message, near, reads = false, agent, pager, Tools, onRetry, onContinue, onRegenerate } = props;
  const last = props.last && !reads;
  const { generationId } = message;
  const live = useReplies(({ replies }) => (generationId ? replies[generationId] : undefined));
  const view = viewReply(message, live);
  const unknown = generationId !== null && view.state === null;
  useEffect(() => {
    if (unknown) follow(message);
  }, [unknown, message]);

  const text = textOf(view.content);
  const reasoning = reasoningOf(view.content);
  const running = generationId !== null && (view.state === null || !isTerminalState(view.state));
  const odd = oddEnd(view);
  useEffect(() => {
    // By the time it ends, what may have to be said of that is there.
    if (running) void fetchOutcome().catch(() => {});
  }, [running]);
  const actions = last
    ? {
        retry: () => onRetry(message),
        again: () => onRegenerate(message),
        goOn: () => onContinue(message),
        changeModel: (modelId: string) => onRegenerate(message, modelId),
      }
    : null;
  // What somebody wrote in a model's place has no end of its own.
  const ended = view.state === 'completed' || (generationId === null && message.source !== 'model');
  const again = ended && last && (!odd || odd === 'cut');
  const thinking = running && text === '' && reasoning !== '';
  return (
    <article
      className="group/reply"
      data-role="assistant"
      data-state={view.state ?? 'unknown'}
      aria-busy={running}
    >
      <h2 className="sr-only">{t('title')}</h2>
      {reasoning && (
        <Reasoning
          text={reasoning}
          growing={thinking}
          from={live?.reasoningFrom ?? null}
          tookMs={view.reasoningMs}
        />
      )}
      {text && <Markdown text={text} growing={running} near={near} />}
      {running && !text && !reasoning && (
        <ReplyStatus live={live} onStop={reads || !generationId ? null : () => stop(generationId)} />
      )}
      {!running && (odd || !ended) && (
        <Suspense>
          <ReplyOutcome
            view={view}
            odd={odd}
            generationId={generationId}
            hasText={text !== ''}
            actions={actions}
          />
        </Suspense>
      )}
      {!running && view.omitted > 0 && (
        <LaterPart part={OMITTED} give={{ messageId: message.id, omitted: view.omitted }} />
      )}
      {running && (agent || pager) && (
        <div className="mt-1 flex min-h-7 flex-wrap items-center gap-x-2 text-xs text-muted">
          {pager}
          {agent && <span>{agent}</span>}
        </div>
      )}
      {!running && (
        <ReplyToolbar
          message={message}
          view={view}
          text={text}
          last={last}
          agent={agent}
          pager={pager}
          tools={Tools && <Tools message={message} again={again} />}
          onRegenerate={again ? () => onRegenerate(message) : null}
        />
      )}
    </article>
  );
});
