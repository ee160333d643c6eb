/** The promise about messages that wait: each is sent exactly once, or taken back and never sent. Pure. */
import type { Evidence, Violation } from './evidence.ts';

type Report = (promise: Violation['promise'], id: string, what: string) => void;

/** Promise 1 for the outbox: nothing that was kept is lost, sent twice, or sent although it was taken back. */
export function checkOutbox({ clients, messages, generations, outbox }: Evidence, report: Report): void {
  const stored = new Map(messages.map((message) => [message.id, message]));
  const unsent = new Set(outbox);
  const back = new Map(
    clients.flatMap((entry) => (entry.kind === 'taken-back' ? [[entry.messageId, entry.certain]] : [])),
  );
  const again = new Set(clients.map((entry) => (entry.kind === 'beside' ? entry.generationId : null)));
  for (const entry of clients) {
    if (entry.kind !== 'kept') continue;
    const { messageId: id, content } = entry;
    const message = stored.get(id);
    const made = generations.filter(
      ({ id: generation, userMessageId, retryOf }) =>
        userMessageId === id && retryOf === null && !again.has(generation),
    );
    if (unsent.has(id)) report(1, id, message ? 'was sent and waits still' : 'waits although nothing runs');
    if (made.length > 1) report(1, id, `waited once and was sent ${made.length} times`);
    if (back.get(id)) {
      if (message) report(1, id, 'was taken back and sent');
      continue;
    }
    // Whether it was taken back is not known where the answer was lost.
    if (back.has(id) && !message) continue;
    if (!message) report(1, id, 'was to be sent and is gone');
    else if (message.text !== content) report(1, id, 'was sent with another text');
    else if (made.length === 0) report(1, id, 'was sent and never queued');
  }
}
