/** What comes over the live connection about chats, and about messages as a whole. */
import { refreshInstructions } from '#features/contexts/web/index.ts';
import { onFrame, whenReplyEnds } from '#features/generations/web/index.ts';
import type { Chat } from '../chats.ts';
import { dropChat, receiveChat, refreshChats, refreshMessages, storeReply } from './chat-cache.ts';
import { acknowledge, type Sent, sendWaiting } from './outbox.ts';

/** What is kept under nobody's id. */
const EARLIER = /^parley\.(outbox|draft|held|of\.unknown)\./;
let connectedBefore = false;

/** Registers for it; call once, before the connection is opened. */
export function receiveChats(): void {
  onFrame('ready', resume);
  onFrame('resync', resume);
  onFrame('user_message_saved', (payload) => acknowledge(payload as Sent));
  onFrame('chat_saved', (payload) => receiveChat(payload.chat as Chat));
  onFrame('chat_deleted', (payload) => dropChat(String(payload.chatId)));
  onFrame('context_saved', refreshInstructions);
  onFrame('rejected', (payload) => rejected(String(payload.ref ?? '')));
  whenReplyEnds(storeReply);
}

/** After (re)connecting: what the gap may have hidden is read again, and what waited for a connection goes out. */
function resume(): void {
  if (connectedBefore) {
    void refreshChats();
    void refreshMessages();
  } else if (Object.keys(localStorage).some((key) => EARLIER.test(key))) {
    void import('./claim-earlier.ts').then(({ claimEarlier }) => claimEarlier()).then(sendWaiting);
  }
  connectedBefore = true;
  sendWaiting();
}

/** A generation we cannot follow is gone or ended long ago: the stored message tells the rest. */
function rejected(ref: string): void {
  if (ref.startsWith('subscribe:')) void refreshMessages();
}
