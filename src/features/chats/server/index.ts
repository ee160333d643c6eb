/** What other features may use of the chats' server side. */

export { addMessages } from '#features/messages/server/add-messages.ts';
export { branchOf } from '#features/messages/server/branch-of.ts';
export { chatFor, lockChat } from './chat-for.ts';
export { createChat } from './create-chat.ts';
export { purgeDeletedChats } from './delete-chat.ts';
export { type ChatRow, type MessageRow, presentChat, presentMessage } from './present-chat.ts';
export { publishChat } from './publish-chat.ts';
export { chatRoutes } from './routes.ts';
export { touchChat } from './touch-chat.ts';
