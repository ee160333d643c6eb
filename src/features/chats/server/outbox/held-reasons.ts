import type { GenerationState } from '#features/generations/generations.ts';
import type { AppError } from '#platform/errors.ts';
import { toDetail } from '#platform/sentences.ts';
import type { HeldReason } from '../../outbox.ts';
import { say } from '../say.ts';

/**
 * Why nothing refused an item and it is held all the same: how the reply before it ended, or what became of chat or queue; `gone`: that
 * reply is not there any more.
 */
type Cause = GenerationState | 'interrupt' | 'deleted' | 'before' | 'gone';

/** The reason for such an item. */
export function whyHeld(cause: Cause): HeldReason {
  if (cause === 'deleted') return { code: cause, ...toDetail(say('outbox_chat_deleted')) };
  if (cause === 'before') return { code: cause, ...toDetail(say('outbox_one_before')) };
  if (cause === 'gone') return { code: cause, ...toDetail(say('outbox_reply_gone')) };
  return { code: cause, ...toDetail(say('outbox_after_end', { state: cause })) };
}

/** The reason for an item that was refused when its turn came. */
export function becauseOf({ code, sentence, retryAt }: AppError): HeldReason {
  return { code, ...toDetail(sentence), ...(retryAt && { retryAt: retryAt.toISOString() }) };
}
