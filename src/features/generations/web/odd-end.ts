import type { ReplyView } from './reply-view.ts';

/** How a reply was completed that is less than its reader may take it for. */
export type OddEnd = 'empty' | 'cut' | 'cutEmpty' | 'filtered';

/** Whether a completed reply was cut at its length limit, stopped by a filter, or says nothing at all; else null. */
export function oddEnd({ state, finishReason, content }: ReplyView): OddEnd | null {
  if (state !== 'completed') return null;
  const said = content.some(
    (part) => part.type !== 'reasoning' && (part.type !== 'text' || part.text.trim() !== ''),
  );
  if (finishReason === 'content_filter') return 'filtered';
  if (finishReason === 'length') return said ? 'cut' : 'cutEmpty';
  return said ? null : 'empty';
}
