/** What the floors above and the composition root may use of the chats. */
export { chatFor, lockChat } from './access.ts';
export { chatMessages } from './bus-messages.ts';
export { assertRoomForChat, assertRoomToKeep, countChats, lockChatCount } from './chat-limit.ts';
export { createChat } from './create-chat.ts';
export { endTemporaryChats } from './end-temporary-chats.ts';
export { matching } from './order/matching.ts';
export { purgeUndos } from './order/purge-undos.ts';
export { followOutbox } from './outbox/hand-over.ts';
export { holdForgottenItems } from './outbox/hold-forgotten.ts';
export { type ChatRow, presentChat } from './present-chat.ts';
export { publishChat } from './publish-chat.ts';
export { purgeDeletedChats } from './purge-deleted-chats.ts';
export { addChatRoutes } from './routes.ts';
export { followUntitled } from './titles/ask-for-title.ts';
export { followTitle } from './titles/set-title.ts';
export { touchChat } from './touch-chat.ts';
export { purgeDeletedMessages } from './tree/purge-deleted-messages.ts';
