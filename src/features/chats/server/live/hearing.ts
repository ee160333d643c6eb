/** What one connection listens to: its user, the projects they are in, and the shared chat they have open. */
import { projectIdsOf } from '#features/projects/server/index.ts';
import {
  type BusMessage,
  chatTopic,
  EVERYBODY_TOPIC,
  projectTopic,
  userTopic,
} from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';

export type Hearing = {
  /** Listens to these projects and to no others; returns those that are new and those that are not theirs any more. */
  setProjects(projectIds: readonly string[]): { joined: string[]; left: string[] };
  /** Reads from the database in which projects the user is, and listens to them. */
  refresh(): Promise<void>;
  /** Listens to a chat that they have open, in place of another one; null: to none. */
  openChat(chatId: string | null): void;
  readonly openedChat: string | null;
  close(): void;
};

/** Begins listening to the user's own topic. */
export function createHearing(
  { bus, db }: Pick<Services, 'bus' | 'db'>,
  userId: string,
  listener: (message: BusMessage) => void,
): Hearing {
  const projects = new Map<string, () => void>();
  const unsubscribe = [EVERYBODY_TOPIC, userTopic(userId)].map((topic) => bus.subscribe(topic, listener));
  // What somebody does themselves they are told by their own topic, wherever they are.
  const fromOthers = (message: BusMessage) => {
    if (message.userId !== userId) listener(message);
  };
  let closed = false;
  let openedChat: string | null = null;
  let leaveChat = () => {};

  function setProjects(projectIds: readonly string[]): { joined: string[]; left: string[] } {
    if (closed) return { joined: [], left: [] };
    const left = [...projects.keys()].filter((id) => !projectIds.includes(id));
    const joined = projectIds.filter((id) => !projects.has(id));
    for (const id of left) {
      projects.get(id)!();
      projects.delete(id);
    }
    for (const id of joined) projects.set(id, bus.subscribe(projectTopic(id), listener));
    return { joined, left };
  }

  return {
    setProjects,
    async refresh() {
      setProjects((await projectIdsOf(db.$client, [userId])).get(userId) ?? []);
    },
    openChat(chatId) {
      leaveChat();
      openedChat = chatId;
      leaveChat = chatId === null || closed ? () => {} : bus.subscribe(chatTopic(chatId), fromOthers);
    },
    get openedChat() {
      return openedChat;
    },
    close() {
      closed = true;
      for (const leave of unsubscribe) leave();
      leaveChat();
      for (const leave of projects.values()) leave();
      projects.clear();
    },
  };
}
