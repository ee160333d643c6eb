/** What a client does with chats from elsewhere: brings several in at once, again where it was not told what became of them, or never again. */
import { randomUUID } from 'node:crypto';
import type { ClientEntry } from './evidence.ts';
import type { Keeper } from './outbox.ts';

/** Far above the time that all of it takes, recoveries included. */
const PATIENCE_MS = 90_000;
/** 429: an earlier import of one's own, whose answer was lost, is still at it. */
const BUSY = 429;

type Brought = Extract<ClientEntry, { kind: 'brought' }>['chats'];

/** Brings in some chats. What was acknowledged is certain; of the rest each chat is there as a whole, or not at all. */
export async function bringChats(keeper: Keeper): Promise<void> {
  const { person, notes, random } = keeper;
  const chats = Array.from({ length: random.whole(1, 6) }, () => newChat(random.whole(2, 12)));
  const records = chats.map(toRecord);
  // Some look no second time whether it was heard.
  if (random.chance(0.3)) {
    const signal = AbortSignal.timeout(random.whole(5, 400));
    await person
      .fetch('/api/v1/chats/import', { method: 'POST', json: records, signal })
      .then((answer) => answer.text())
      .catch(() => {});
    notes.write({ kind: 'brought', chats, certain: false });
    return;
  }
  const report = await bringInSurely(keeper, records);
  if (!report) return;
  notes.write({ kind: 'brought', chats, certain: true });
  if (random.chance(0.5)) return;
  const again = await bringInSurely(keeper, records);
  if (again && again.skipped !== chats.length)
    notes.write({ kind: 'refused', what: chats[0]!.chatId, status: 200, body: JSON.stringify(again) });
}

type Report = { added: number; skipped: number; copied: number; failed: number };

/** Until there is an answer; null, and written down, where it is another than that all of them are there. */
async function bringInSurely({ notes, ask }: Keeper, records: object[]): Promise<Report | null> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    const answer = await ask('POST', '/api/v1/chats/import', records);
    if (answer.status === BUSY && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    const report = answer.status === 200 ? (JSON.parse(answer.body) as Report) : null;
    if (report && report.added + report.skipped === records.length) return report;
    notes.write({ kind: 'refused', what: 'import', ...answer });
    return null;
  }
}

const newChat = (length: number): Brought[number] => ({
  chatId: randomUUID(),
  messages: Array.from({ length }, () => ({
    id: randomUUID(),
    text: `Said elsewhere. mark=${randomUUID().slice(0, 8)}`,
  })),
});

const toRecord = ({ chatId, messages }: Brought[number]) => ({
  schema: 'parley.chat/1',
  id: chatId,
  title: 'From elsewhere',
  messages: messages.map(({ id, text }, place) => ({
    id,
    parentId: messages[place - 1]?.id ?? null,
    role: place % 2 === 0 ? 'user' : 'assistant',
    content: [{ type: 'text', text }],
  })),
});
