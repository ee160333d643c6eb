/** The checker: reads what a run left behind and finds every promise that was broken. Pure. */
import { checkImports } from './check-imports.ts';
import { checkOutbox } from './check-outbox.ts';
import type { ClientEntry, Evidence, StoredGeneration, Violation } from './evidence.ts';

type Report = (promise: Violation['promise'], id: string, what: string) => void;

const TERMINAL = ['completed', 'failed', 'cancelled', 'timed_out', 'interrupted'];

/** All violations of promises 1 to 6 that the evidence shows; none when all were kept. */
export function check(evidence: Evidence): Violation[] {
  const violations: Violation[] = [];
  const report: Report = (promise, id, what) => violations.push({ promise, id, what });
  checkAccepted(evidence, report);
  checkTree(evidence, report);
  checkOutbox(evidence, report);
  checkImports(evidence, report);
  checkIndex(evidence, report);
  checkStamps(evidence, report);
  for (const generation of evidence.generations) {
    checkEnding(generation, report);
    checkLog(generation, report);
    checkSlot(generation, report);
  }
  checkAnswers(evidence, report);
  checkReadings(evidence, report);
  checkCalls(evidence, report);
  return violations;
}

/** Promise 1: what was acknowledged is there, as it was sent, once, with its reply. */
function checkAccepted({ clients, messages, generations }: Evidence, report: Report): void {
  const stored = new Map(messages.map((message) => [message.id, message]));
  const byMessage = Map.groupBy(generations, (generation) => generation.userMessageId);
  const again = new Set(clients.map((entry) => (entry.kind === 'beside' ? entry.generationId : null)));
  for (const entry of clients) {
    if (entry.kind === 'refused') report(1, entry.what, `was refused with ${entry.status}: ${entry.body}`);
    if (entry.kind === 'retried' && !generations.some(({ id }) => id === entry.generationId))
      report(1, entry.generationId, 'was acknowledged as a retry and is gone');
    if (entry.kind !== 'accepted') continue;
    const message = stored.get(entry.messageId);
    if (!message) report(1, entry.messageId, 'was acknowledged and is gone');
    else if (message.text !== entry.content) report(1, entry.messageId, 'is stored with another text');
    if (!stored.has(entry.replyId)) report(1, entry.replyId, 'was promised as the reply and is gone');
    const made = (byMessage.get(entry.messageId) ?? []).filter(
      ({ id, retryOf }) => retryOf === null && !again.has(id),
    );
    if (made.length !== 1) report(1, entry.messageId, `was queued ${made.length} times`);
    else if (made[0]!.id !== entry.generationId)
      report(1, entry.messageId, 'was acknowledged with another generation');
  }
}

/** Promise 1 for trees: none loses a message, whatever is deleted and restored; a parent and a leaf are there, in the same chat. */
function checkTree({ clients, messages, leaves }: Evidence, report: Report): void {
  const stored = new Map(messages.map((message) => [message.id, message]));
  const isThere = (id: string, chatId: string) =>
    stored.get(id)?.chatId === chatId && stored.get(id)?.deleted === false;
  for (const { id, chatId, parentId, deleted } of messages)
    if (!deleted && parentId !== null && !isThere(parentId, chatId))
      report(1, id, 'hangs on nothing that is there');
  for (const { chatId, leafId } of leaves)
    if (leafId !== null && !isThere(leafId, chatId)) report(1, chatId, 'shows a branch that ends in nothing');
  const deleted = new Set<string>();
  for (const entry of clients) {
    if (entry.kind === 'beside' && !stored.has(entry.messageId))
      report(1, entry.messageId, 'was acknowledged beside another one and is gone');
    if (entry.kind === 'deleted') deleted.add(entry.messageId);
    if (entry.kind === 'restored') deleted.delete(entry.messageId);
  }
  for (const { id, deleted: isDeleted } of messages)
    if (isDeleted !== deleted.has(id))
      report(1, id, isDeleted ? 'was deleted by nobody' : 'was deleted and is there');
}

/** Promise 1 for searching: once it is quiet, what was acknowledged can be found, in its own chat and nowhere else. */
function checkIndex({ clients, messages, indexed }: Evidence, report: Report): void {
  const stored = new Map(messages.map((message) => [message.id, message]));
  const entered = new Set(indexed.map(({ messageId }) => messageId));
  for (const entry of clients)
    if (entry.kind === 'accepted' && stored.has(entry.messageId) && !entered.has(entry.messageId))
      report(1, entry.messageId, 'was acknowledged and cannot be found');
  for (const { messageId, chatId, inPlace } of indexed)
    if (stored.get(messageId)?.chatId !== chatId || !inPlace)
      report(1, messageId, 'is looked for where it is not');
}

/** Promise 1 for stamps: as long as nothing is deleted in its chat, what a reply's model was told is there to be proved. */
function checkStamps({ clients, messages }: Evidence, report: Report): void {
  const torn = new Set(messages.filter(({ deleted }) => deleted).map(({ chatId }) => chatId));
  for (const entry of clients)
    if (entry.kind === 'proved' && !entry.verified && !torn.has(entry.chatId))
      report(1, entry.messageId, `does not have what its stamp says: ${entry.reason}`);
}

/** Promise 3: ended once, in a state that its last event tells. */
function checkEnding(generation: StoredGeneration, report: Report): void {
  const { id, state, events, finishedAt } = generation;
  if (!TERMINAL.includes(state) || finishedAt === null) {
    report(3, id, `is stuck in ${state}`);
    return;
  }
  if (!events) return;
  const ends = events.filter((event) => event.type === 'message_end' || event.type === 'error');
  if (ends.length !== 1) {
    report(3, id, `has ${ends.length} last events`);
    return;
  }
  if (ends[0] !== events.at(-1)) report(3, id, 'goes on after its last event');
  if (ends[0]!.data.state !== state) report(3, id, `is ${state} but told ${String(ends[0]!.data.state)}`);
}

/** Promises 2 and 4 on disk: numbers without a gap, and deltas that add up to the stored text. */
function checkLog({ id, events, text, lastSeq }: StoredGeneration, report: Report): void {
  if (!events) return;
  for (const [index, event] of events.entries())
    if (event.seq !== index + 1) {
      report(4, id, `has number ${event.seq} at place ${index + 1} of its log`);
      return;
    }
  if (lastSeq !== null && lastSeq !== events.length) report(3, id, `says that it ended at ${lastSeq}`);
  if (text !== null && textUpTo(events, events.length) !== text)
    report(4, id, 'has another text in its log than in its message');
}

/** Promise 6, and the charge of promise 5. */
function checkSlot({ id, leased, state, started, charged }: StoredGeneration, report: Report): void {
  if (leased) report(6, id, 'still holds a lease');
  if (TERMINAL.includes(state) && charged === null) report(5, id, 'was never charged');
  if (charged !== null && (charged < 0 || (!started && charged > 0)))
    report(5, id, `was charged ${charged}${started ? '' : ' without having started'}`);
}

/** What a client was told about an ending stays so. */
function checkAnswers({ clients, generations }: Evidence, report: Report): void {
  const states = new Map(generations.map(({ id, state }) => [id, state]));
  for (const entry of clients)
    if (entry.kind === 'cancelled' && states.get(entry.generationId) !== entry.state)
      report(3, entry.generationId, `was told to be ${entry.state} and is ${states.get(entry.generationId)}`);
}

/** Promises 2 and 4: every reading is a part of the one true log, in order, and its text is kept. */
function checkReadings({ clients, generations }: Evidence, report: Report): void {
  const known = new Map(generations.map((generation) => [generation.id, generation]));
  const events = Map.groupBy(
    clients.filter((entry) => entry.kind === 'event'),
    (entry) => entry.reading,
  );
  /** What readers were told under each number; holds also where the log is no longer kept. */
  const told = new Map<string, string>();
  for (const reading of clients) {
    if (reading.kind !== 'reading') continue;
    const generation = known.get(reading.generationId);
    if (!generation) {
      report(1, reading.generationId, 'was read and is gone');
      continue;
    }
    checkReading(reading, events.get(reading.reading) ?? [], generation, told, report);
  }
}

type Reading = Extract<ClientEntry, { kind: 'reading' }>;
type Told = Extract<ClientEntry, { kind: 'event' }>;

function checkReading(
  { after }: Reading,
  events: readonly Told[],
  generation: StoredGeneration,
  told: Map<string, string>,
  report: Report,
): void {
  const { id, events: log, text: stored } = generation;
  let at = after;
  let ended = false;
  /** Known from its beginning only by who began at the beginning or got a snapshot. */
  let text: string | null = after === 0 ? '' : null;
  for (const event of events) {
    if (ended) {
      report(4, id, 'told a reader something after the end');
      return;
    }
    if (event.type === 'message_snapshot') {
      at = event.seq;
      text = textOfParts(event.data.content);
      if (log && text !== textUpTo(log, event.seq)) report(4, id, `has a wrong snapshot at ${event.seq}`);
      continue;
    }
    if (at !== null && event.seq <= at) {
      report(4, id, `told a reader ${event.seq} again after ${at}`);
      return;
    }
    if (event.seq !== (at ?? 0) + 1) {
      report(4, id, `told a reader ${event.seq} after ${at ?? 'nothing'}`);
      return;
    }
    at = event.seq;
    const data = JSON.stringify(event.data);
    const key = `${id}:${event.seq}`;
    if ((told.get(key) ?? data) !== data) report(4, id, `told readers two different things as ${event.seq}`);
    told.set(key, data);
    const logged = log?.[event.seq - 1];
    if (log && !logged) {
      report(2, id, `showed ${event.seq}, which is not on disk`);
      return;
    }
    if (logged && (logged.type !== event.type || JSON.stringify(logged.data) !== data))
      report(4, id, `told a reader something else as ${event.seq} than its log holds`);
    if (event.type === 'content_delta' && text !== null) text += String(event.data.delta);
    ended = event.type === 'message_end' || event.type === 'error';
    if (ended && event.data.state !== generation.state)
      report(3, id, `told a reader ${String(event.data.state)} and is ${generation.state}`);
  }
  if (text === null || stored === null) return;
  if (!stored.startsWith(text)) report(2, id, 'showed text that is not kept');
  else if (ended && stored !== text) report(4, id, 'ended for a reader with another text than is kept');
}

/**
 * Promise 5: a reply is the text of one call, each call's text is in one reply at most, and once text was shown nobody
 * called again but for another reply that a person asked for. And promise 6 from the upstream's side: no call is left open.
 */
function checkCalls({ calls, generations, messages }: Evidence, report: Report): void {
  const marks = new Map(messages.map((message) => [message.id, markOf(message.text)]));
  const callsByMark = Map.groupBy(calls, (call) => call.mark);
  const usedBy = new Map<number, string>();
  for (const [messageId, made] of Map.groupBy(generations, (generation) => generation.userMessageId)) {
    const own = callsByMark.get(marks.get(messageId ?? '') ?? '') ?? [];
    for (const generation of made) {
      const used = new Set(
        [...(generation.text ?? '').matchAll(/c(\d+)w/g)].map(([, number]) => Number(number)),
      );
      if (used.size > 1) report(5, generation.id, `is made of the calls ${[...used].join(', ')}`);
      const [number] = used;
      if (number === undefined) continue;
      if (usedBy.has(number))
        report(5, generation.id, `has the text of a call that ${usedBy.get(number)} made`);
      usedBy.set(number, generation.id);
      const later = made.map(({ queuedAt }) => queuedAt).filter((queuedAt) => queuedAt > generation.queuedAt);
      const next = Math.min(Number.POSITIVE_INFINITY, ...later);
      const more = own.filter((call) => call.number > number && call.startedAt < next);
      if (more.length > 0) report(5, generation.id, `was asked for ${more.length} times more after its text`);
    }
  }
  for (const call of calls) if (call.open) report(6, call.mark, 'has a call that nobody closed');
}

/** The name under which the upstream knows a message. */
export const markOf = (text: string): string => /mark=(\w+)/.exec(text)?.[1] ?? '';

const textUpTo = (
  events: readonly { seq: number; type: string; data: Record<string, unknown> }[],
  seq: number,
) =>
  events
    .filter((event) => event.type === 'content_delta' && event.seq <= seq)
    .map((event) => event.data.delta)
    .join('');

export const textOfParts = (content: unknown): string =>
  ((content ?? []) as { type: string; text?: string }[])
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('');
