import { create } from 'zustand';

/** Chats in which a reply was finished while another page was in front, until they are opened. */
export const useUnread = create<Record<string, boolean>>(() => ({}));
export const markUnread = (chatId: string): void => useUnread.setState({ [chatId]: true });
export const markRead = (chatId: string): void => {
  if (useUnread.getState()[chatId]) useUnread.setState({ [chatId]: false });
};
