/** What other features and the page may use of the replies that are being written. */
export { type Announcement, announce, type Heard } from './announcement.ts';
export { asEnded, endedAs } from './as-ended.ts';
export { CONTEXT_METER } from './context-meter-part.ts';
export { fillOf } from './fill.ts';
export { expectNews, onFrame, receiveFrame, whenReplyEnds } from './live-events.ts';
export { Reasoning } from './reasoning.tsx';
export { isWaiting, type LiveReply, noteReply, runningIn, useReplies } from './replies.ts';
export { Reply } from './reply.tsx';
export { stop } from './reply-actions.ts';
export { viewReply } from './reply-view.ts';
export { useFailureWords } from './use-failure-words.ts';
