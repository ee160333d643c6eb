/** What the floors above and the composition root may use of the chats. */
export { chatMessages } from './bus-messages.ts';
export { purgeDeletedChats } from './delete-chat.ts';
export { addChatRoutes } from './routes.ts';
