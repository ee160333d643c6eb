/** What comes over the live connection about chats, and about messages as a whole. */
import { askWho } from '#features/accounts/web/index.ts';
import { refreshAgents } from '#features/agents/web/index.ts';
import { refreshInstructions } from '#features/contexts/web/index.ts';
import { onFrame, whenReplyEnds } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import type { Project } from '#features/projects/projects.ts';
import { dropProject, receiveProject, refreshProjects } from '#features/projects/web/index.ts';
import { refreshLayered } from '#features/settings/web/index.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Chat } from '../chats.ts';
import {
  dropChat,
  followLeaf,
  keys,
  receiveChat,
  receiveMessage,
  refreshBranch,
  refreshChats,
  refreshMessages,
  refreshTags,
  storeReply,
} from './chat-cache.ts';
import { acknowledge, type Sent, sendWaiting } from './outgoing.ts';

/** What is kept under nobody's id. */
const EARLIER = /^parley\.(outbox|draft|held|of\.unknown)\./;
let connectedBefore = false;

/** Registers for it; call once, before the connection is opened. */
export function receiveChats(): void {
  onFrame('ready', resume);
  onFrame('resync', resume);
  onFrame('user_message_saved', (payload) => acknowledge(payload as Sent));
  onFrame('chat_saved', (payload) => {
    const chat = payload.chat as Chat;
    if (madeOf(chat) !== madeOf(queryClient.getQueryData(keys.chat(chat.id)))) refreshLayered();
    receiveChat(chat);
    followLeaf(chat.id);
  });
  onFrame('message_saved', (payload) => receiveMessage(payload.message as Message));
  onFrame('message_deleted', (payload) => void refreshBranch(String(payload.chatId)));
  // Many at once: the lists say which.
  onFrame('chats_changed', () => void refreshChats());
  onFrame('chat_deleted', (payload) => dropChat(String(payload.chatId)));
  onFrame('chats_changed', () => {
    void refreshChats();
    void refreshTags();
    void refreshMessages();
  });
  onFrame('project_saved', (payload) => {
    receiveProject(payload.project as Project);
    refreshLayered();
  });
  onFrame('project_deleted', (payload) => leaveProject(String(payload.projectId)));
  onFrame('context_saved', () => {
    refreshInstructions();
    refreshLayered();
  });
  onFrame('settings_saved', ({ layer }) => {
    void queryClient.invalidateQueries({ queryKey: [layer === 'personal' ? 'me' : 'settings'] });
    refreshLayered();
  });
  for (const type of ['agent_saved', 'agent_deleted'])
    onFrame(type, () => {
      refreshAgents();
      refreshLayered();
    });
  onFrame('rejected', (payload) => rejected(String(payload.ref ?? '')));
  whenReplyEnds(storeReply);
}

/** After (re)connecting: what the gap may have hidden is read again, and what waited for a connection goes out. */
function resume(): void {
  if (connectedBefore) {
    void refreshChats();
    void refreshMessages();
    refreshLayered();
    askWho();
    refreshProjects();
    refreshAgents();
  } else if (Object.keys(localStorage).some((key) => EARLIER.test(key))) {
    void import('./claim-earlier.ts').then(({ claimEarlier }) => claimEarlier()).then(sendWaiting);
  }
  connectedBefore = true;
  sendWaiting();
}

/** What decides how its replies are made. */
const madeOf = (chat?: Chat | null): string | null | undefined =>
  chat && JSON.stringify([chat.settings, chat.agentId, chat.modelId, chat.projectId]);

/** Its chats are somebody else's now, or back with whoever is here: each is asked about, the one on the screen at once. */
function leaveProject(projectId: string): void {
  dropProject(projectId);
  refreshAgents();
  void refreshChats();
  void refreshMessages();
}

/** A generation we cannot follow is gone or ended long ago: the stored message tells the rest. */
function rejected(ref: string): void {
  if (ref.startsWith('subscribe:')) void refreshMessages();
}
