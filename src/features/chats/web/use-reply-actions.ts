import { useMemo } from 'react';
import type { Message } from '#features/messages/messages.ts';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import { answerAgain, retry } from './answer-again.ts';

/**
 * The ways on from a reply, answered anew by the model that is chosen; what refuses them is told in a toast. The same object
 * for as long as model and language stay.
 */
export function useReplyActions(chosenId: string | null) {
  const words = useErrorWords();
  return useMemo(() => {
    const orSay = (work: Promise<void>) =>
      void work.catch((error) => toast(error instanceof ApiError ? words(error) : String(error)));
    return {
      onRetry: (reply: Message) => orSay(retry(reply)),
      onContinue: (reply: Message) =>
        orSay(answerAgain(reply, { continueFrom: reply.id, ...named(reply.ending?.model ?? null) })),
      onRegenerate: (reply: Message, modelId?: string) =>
        orSay(answerAgain(reply, named(modelId ?? chosenId))),
    };
  }, [words, chosenId]);
}

const named = (modelId: string | null): { modelId?: string } => (modelId === null ? {} : { modelId });
