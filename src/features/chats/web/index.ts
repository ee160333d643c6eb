/** What the page may use of the chats. */
export { ChatList } from './chat-list.tsx';
export { ChatPage } from './chat-page.tsx';
export { setListSearch, useListSearch } from './list-search.ts';
export { useNotices } from './notices/use-notices.ts';
export { useSelection } from './order/selection.ts';
export { useTagsLike } from './order/use-tags.ts';
export { receiveChats } from './receive-chats.ts';
export { SIDE_PROJECTS } from './side-part.ts';
export { useChat, useMessages } from './use-chats.ts';
