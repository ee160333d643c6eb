/** Says how a reply ended that did not come whole, and what helps. */
import type { ReplyState } from '#features/generations/apply-event.ts';
import type { GenerationError } from '#features/messages/endings.ts';
import type { Speech } from '../speech.ts';

type Where = { isInteractive: boolean; chatId: string };

/** Null for a reply that came whole. Where nobody can type, what helps is a command of the shell. */
export function tellEnding(speech: Speech, { state, error }: ReplyState, where: Where): string | null {
  const { words, said } = speech;
  if (state === 'cancelled')
    return [words('reply_stopped'), ...(where.isInteractive ? [words('reply_retry_whole')] : [])].join(' ');
  if (!error) return null;
  const advice = adviceFor(speech, error, where);
  return [words('reply_ended', { state, why: said(error) }), ...(advice ? [advice] : [])].join('\n');
}

function adviceFor(
  { words }: Speech,
  error: GenerationError,
  { isInteractive, chatId }: Where,
): string | null {
  if (error.code === 'model_missing') return words('reply_other_model', { id: chatId });
  if (!isInteractive) return error.retryable ? words('reply_retry_script', { id: chatId }) : null;
  if (error.code === 'context_too_long') return words('reply_new');
  return words(error.retryable ? 'reply_retry' : 'reply_retry_later');
}
