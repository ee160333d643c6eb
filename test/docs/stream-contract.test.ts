import { readFileSync } from 'node:fs';
import { createParser } from 'eventsource-parser';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { applyEvent, applySnapshot, EMPTY_REPLY } from '#features/generations/apply-event.ts';
import { isTerminalEvent } from '#features/generations/rules.ts';
import {
  Delta,
  ErrorEvent,
  type LoggedEvent,
  MessageEnd,
  MessageSnapshot,
  MessageStart,
  type PassingEvent,
  QueueUpdate,
  Stage,
  ToolCall,
  ToolResult,
  UserMessageSaved,
} from '#features/generations/stream-events.ts';
import { EndMetadata, GenerationErrorCode } from '#features/messages/endings.ts';
import { textOf } from '#features/messages/rules.ts';

const TEXT = readFileSync(new URL('../../docs/stream-contract.md', import.meta.url), 'utf8');

const LOGGED = {
  message_start: MessageStart,
  content_delta: Delta,
  reasoning_delta: Delta,
  tool_call: ToolCall,
  tool_result: ToolResult,
  message_end: MessageEnd,
  error: ErrorEvent,
} satisfies Record<LoggedEvent['type'], z.ZodObject>;
const PASSING = {
  queue_update: QueueUpdate,
  user_message_saved: UserMessageSaved,
  message_snapshot: MessageSnapshot,
} satisfies Partial<Record<PassingEvent['type'], z.ZodObject>>;
const EVENTS: Record<string, z.ZodObject> = { ...LOGGED, ...PASSING };

/** The text under a heading, up to the next one. */
const section = (heading: string): string => {
  const found = TEXT.split(/^#{2,3} /m).find((part) => part.startsWith(`${heading}\n`));
  if (!found) throw new Error(`There is no section ${heading}.`);
  return found;
};
/** The first column of the tables in a text. */
const rowsOf = (text: string): string[] => [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name!);

describe('docs/stream-contract.md', () => {
  test.each(Object.entries(EVENTS))('names every field of %s, and no other', (type, schema) => {
    expect(rowsOf(section(`\`${type}\``)).toSorted()).toEqual(Object.keys(schema.shape).toSorted());
  });

  test('has a section for every event, and for none that does not exist', () => {
    const written = [...TEXT.matchAll(/^### `(\w+)`$/gm)].map(([, type]) => type);
    // Reserved by the contract for later, so that clients know the word.
    expect(written.toSorted()).toEqual([...Object.keys(EVENTS), 'task_update'].toSorted());
  });

  test('lists the logged events in its first rule', () => {
    const rule = /1\. \*\*Logged events\*\*([\s\S]*?)\n2\. /.exec(TEXT)![1]!;
    const named = [...rule.matchAll(/`(\w+)`/g)].map(([, name]) => name!).filter((name) => name !== 'seq');
    expect(named.toSorted()).toEqual(Object.keys(LOGGED).toSorted());
  });

  test('tells the end metadata, every error code and every stage', () => {
    const [, metadata, codes] = section('How it went').split(/^`(?:metadata|code)` of /m);
    expect(rowsOf(metadata!).toSorted()).toEqual(Object.keys(EndMetadata.shape).toSorted());
    expect(rowsOf(codes!).toSorted()).toEqual(GenerationErrorCode.options.toSorted());
    for (const stage of Stage.options) expect(section('`queue_update`')).toContain(`\`${stage}\``);
    for (const reason of QueueUpdate.shape.reason.unwrap().options)
      expect(section('`queue_update`')).toContain(`\`${reason}\``);
  });

  test('its example is a stream as the contract has it', () => {
    const [first, resumed, fromSnapshot] = [...TEXT.matchAll(/^```sse\n([\s\S]*?)^```/gm)].map(([, text]) =>
      read(text!),
    );
    const kept = read([first, resumed].map(write).join(''));
    const numbers = kept.flatMap((frame) => (frame.seq === null ? [] : [frame.seq]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(isTerminalEvent(kept.at(-1)!.type)).toBe(true);
    expect(textOf(reply(kept).content)).toBe('Hello! Привет!');
    expect(reply(fromSnapshot!)).toEqual(reply(kept));
  });
});

type Frame = { type: string; seq: number | null; data: object };

function read(text: string): Frame[] {
  const frames: Frame[] = [];
  const parser = createParser({
    onEvent({ id, event, data }) {
      const seq = id ? Number(id.split(':')[1]) : null;
      const schema = EVENTS[event!];
      if (!schema) throw new Error(`unknown event ${event}`);
      frames.push({ type: event!, seq, data: schema.strict().parse(JSON.parse(data)) });
    },
  });
  parser.feed(`${text}\n`);
  return frames;
}

const write = (frames: Frame[] | undefined): string =>
  frames!
    .map(
      ({ type, seq, data }) =>
        `${seq === null ? '' : `id: x:${seq}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`,
    )
    .join('');

const reply = (frames: Frame[]) =>
  frames.reduce((state, { type, seq, data }) => {
    if (type === 'message_snapshot') return applySnapshot(data as MessageSnapshot);
    return seq === null ? state : applyEvent(state, { type, data } as LoggedEvent, seq);
  }, EMPTY_REPLY);
