/** What the floors above and the composition root may use of the chats. */
export { chatMessages } from './bus-messages.ts';
export { followOutbox } from './outbox/hand-over.ts';
export { holdForgottenItems } from './outbox/hold-forgotten.ts';
export { purgeDeletedChats } from './purge-deleted-chats.ts';
export { addChatRoutes } from './routes.ts';
export { purgeDeletedMessages } from './tree/purge-deleted-messages.ts';
