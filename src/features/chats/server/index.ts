/** What the floors above and the composition root may use of the chats. */
export { chatFor, listedFor } from './access.ts';
export { chatMessages } from './bus-messages.ts';
export { assertRoomForChat, assertRoomToKeep, countChats, lockChatCount } from './chat-limit.ts';
export { matching } from './list-chats.ts';
export { followOutbox } from './outbox/hand-over.ts';
export { purgeDeletedChats } from './purge-deleted-chats.ts';
export { addChatRoutes } from './routes.ts';
export { purgeDeletedMessages } from './tree/purge-deleted-messages.ts';
