/** The promise about chats that are brought in: each is there as a whole and once, or not at all. Pure. */
import type { Evidence, StoredMessage, Violation } from './evidence.ts';

type Report = (promise: Violation['promise'], id: string, what: string) => void;

/** Promise 1 for imports: what was acknowledged is there, nothing is there in part, and nothing twice. */
export function checkImports({ clients, messages, leaves, indexed }: Evidence, report: Report): void {
  const ofChat = Map.groupBy(messages, ({ chatId }) => chatId);
  const withText = Map.groupBy(messages, ({ text }) => text);
  const chats = new Map(leaves.map(({ chatId, leafId }) => [chatId, leafId]));
  const found = new Set(indexed.map(({ messageId }) => messageId));
  for (const entry of clients) {
    if (entry.kind !== 'brought') continue;
    for (const { chatId, messages: brought } of entry.chats) {
      const there: readonly StoredMessage[] = ofChat.get(chatId) ?? [];
      for (const { text } of brought)
        if ((withText.get(text) ?? []).length > 1) report(1, chatId, 'was brought in twice');
      if (!chats.has(chatId)) {
        if (there.length > 0) report(1, chatId, 'was brought in without its chat');
        if (entry.certain) report(1, chatId, 'was acknowledged as brought in and is gone');
        continue;
      }
      const stored = new Map(there.map(({ id, text }) => [id, text]));
      if (there.length !== brought.length || brought.some(({ id, text }) => stored.get(id) !== text))
        report(
          1,
          chatId,
          `was brought in with ${there.length} of its ${brought.length} messages as they were`,
        );
      else if (chats.get(chatId) !== brought.at(-1)?.id)
        report(1, chatId, 'was brought in and shows another branch');
      else if (brought.some(({ id }) => !found.has(id)))
        report(1, chatId, 'was brought in and cannot be found');
    }
  }
}
