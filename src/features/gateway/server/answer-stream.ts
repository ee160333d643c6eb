/** A reply as a stream of chunks, as OpenAI's clients read it. */
import { type Sink, toEvent } from '#features/generations/server/index.ts';
import type { LoggedEvent, QueueUpdate } from '#features/generations/stream-events.ts';
import { type Facts, finishReasonOf, usageOf } from './answer.ts';
import { createChunkWriter } from './chunk-writer.ts';
import { type Following, follow } from './follow.ts';
import { fromGenerationError, type OpenAiError, stoppedElsewhere } from './openai-error.ts';

/**
 * How long the status is kept open: what fails within it is answered with a status of its own. Then the stream
 * begins, so that the client learns where it stands and does not give up.
 */
const HEAD_MS = 1000;

/** Streams the reply. Throws an `OpenAiError` while a status can still be answered; later failures are the last event. */
export async function answerStream(following: Following, facts: Facts, includeUsage: boolean): Promise<void> {
  const { gatewayHeartbeatMs } = following.runtime.services.clock;
  const writer = createChunkWriter(following.reply, facts, includeUsage);
  let calls = 0;
  let failure: OpenAiError | null = null;
  let news = 'thinking';

  function tell(event: LoggedEvent): void {
    if (event.type === 'content_delta') writer.say({ content: event.data.delta });
    else if (event.type === 'reasoning_delta') writer.say({ reasoning_content: event.data.delta });
    else if (event.type === 'tool_call') {
      const { toolCallId: id, name, arguments: args } = event.data;
      const call = { index: calls, id, type: 'function', function: { name, arguments: args } };
      calls += 1;
      writer.say({ tool_calls: [call] });
    } else if (event.type === 'error') fail(fromGenerationError(event.data));
    else if (event.type === 'message_end') {
      const { state, finishReason, metadata } = event.data;
      if (state === 'cancelled') fail(stoppedElsewhere());
      else writer.finish(finishReasonOf(finishReason, calls > 0), usageOf(metadata));
    }
  }

  function fail(error: OpenAiError): void {
    if (writer.begun) writer.fail(error.body);
    else failure = error;
  }

  const sink: Sink = {
    entries(entries) {
      for (const entry of entries) tell(toEvent(entry));
    },
    // Only when its log is gone already: then the text has not been told either.
    snapshot({ content }) {
      for (const part of content) if (part.type === 'text') writer.say({ content: part.text });
    },
    queueUpdate(update) {
      news = wordsFor(update);
      if (writer.begun) writer.comment(news);
    },
    end() {},
  };
  const opening = setTimeout(() => writer.comment(news), HEAD_MS);
  const heartbeat = setInterval(() => writer.comment(news), gatewayHeartbeatMs);
  try {
    await follow(following, sink);
  } finally {
    clearTimeout(opening);
    clearInterval(heartbeat);
    writer.close();
  }
  if (failure) throw failure;
}

/** What is going on; programs skip the comment, people who look at the wire can read it. */
function wordsFor({ position, queueSize, stage }: QueueUpdate): string {
  const what = stage.replaceAll('_', ' ');
  if (position === null) return what;
  const where = `queued ${position + 1} of ${queueSize}`;
  return stage === 'waiting' ? where : `${where}, ${what}`;
}
