/** Plays one behaviour onto one response. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Behaviour, indexOf, words } from './behaviour.ts';
import type { Dialect, Usage } from './dialects.ts';

/** The machine's monotonic clock in microseconds, the same in every process. */
const clockMicroseconds = (): number => Number(process.hrtime.bigint() / 1000n);

export async function play(
  response: ServerResponse,
  dialect: Dialect,
  behaviour: Behaviour,
  inputTokens: number,
): Promise<void> {
  const forever = new Promise<never>(() => {});
  if (behaviour.hang === 'headers') return forever;
  if (behaviour.reset === 'headers') return reset(response);
  if (behaviour.headersAfterMs) await sleep(behaviour.headersAfterMs);
  const tokens = behaviour.pieces ?? words(behaviour.tokens ?? 40);
  const usage: Usage = { input: inputTokens, output: tokens.length };
  const reason =
    behaviour.finishReason === undefined
      ? behaviour.toolCalls
        ? 'tool_calls'
        : 'stop'
      : behaviour.finishReason;
  const headers: Record<string, string> = {
    'content-type': behaviour.contentType ?? (behaviour.whole ? 'application/json' : 'text/event-stream'),
  };
  for (let size = 0, n = 0; size < (behaviour.hugeHeaders ?? 0); size += 8_000, n++)
    headers[`x-huge-${n}`] = 'h'.repeat(8_000);
  response.writeHead(200, headers);
  if (behaviour.page !== undefined) return void response.end(behaviour.page);
  if (behaviour.whole) {
    response.end(JSON.stringify(dialect.whole(tokens.join(''), reason ?? 'stop', usage)));
    return;
  }
  response.flushHeaders();

  const out = createWriter(response, behaviour);
  const at = (place: Parameters<typeof indexOf>[0]) => indexOf(place, tokens.length);
  const marks = {
    hang: at(behaviour.hang),
    reset: at(behaviour.reset),
    cut: at(behaviour.cut),
    error: at(behaviour.errorEvent),
    garbage: at(behaviour.garbage?.at),
    truncate: at(behaviour.truncate),
    huge: at(behaviour.hugeLine?.at),
  };
  if (behaviour.ttft) await sleep(behaviour.ttft);
  if (marks.hang !== 0 && marks.reset !== 0) for (const each of dialect.start(usage)) await out.frame(each);
  for (const each of behaviour.reasoning ?? []) await out.frame(dialect.reasoning(each));

  const startedAt = performance.now();
  for (let index = 0; index <= tokens.length; index++) {
    if (index === marks.hang) return forever;
    if (index === marks.reset) return reset(response);
    if (index === marks.cut) return void response.end();
    if (index === marks.truncate) return void response.end(dialect.text('half').slice(0, -12));
    if (index === marks.error) {
      await out.frame(dialect.error('the upstream was told to fail'));
      return void response.end();
    }
    if (index === marks.garbage) await out.raw(behaviour.garbage!.bytes);
    if (index === marks.huge) await out.raw(`data: ${'x'.repeat(behaviour.hugeLine!.bytes)}\n\n`);
    if (index === tokens.length || response.destroyed) break;
    if (behaviour.rate) {
      const wait = startedAt + (index * 1000) / behaviour.rate - performance.now();
      if (wait > 0.5) await sleep(wait);
    }
    if (behaviour.comments) await out.frame(': keep-alive');
    const text = behaviour.stamp ? `${clockMicroseconds()}:${tokens[index]}` : tokens[index]!;
    const written = out.frame(dialect.text(text));
    if (written) await written;
  }
  for (const [index, call] of (behaviour.toolCalls ?? []).entries())
    for (const each of dialect.toolCall(call, index)) await out.frame(each);
  for (const each of dialect.finish(reason, behaviour.usage === null ? null : usage, behaviour.usage))
    await out.frame(each);
  if (behaviour.endMarker !== false) await out.frame(dialect.end());
  response.end();
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** Writes frames as the behaviour spells and splits them; returns a promise only where there is something to wait for. */
function createWriter(response: ServerResponse, behaviour: Behaviour) {
  const lineEnd = behaviour.lineEnd ?? '\n';
  const step = behaviour.dripMs === undefined ? behaviour.split : 1;
  let first = true;
  function raw(text: string): Promise<void> | undefined {
    const whole = first && behaviour.bom ? `\uFEFF${text}` : text;
    first = false;
    if (response.destroyed) return undefined;
    if (step === undefined) {
      if (response.write(whole)) return undefined;
      return new Promise((resolve) => {
        const go = () => {
          response.off('drain', go);
          response.off('close', go);
          resolve();
        };
        response.on('drain', go);
        response.on('close', go);
      });
    }
    return slowly(Buffer.from(whole), step);
  }
  async function slowly(bytes: Buffer, size: number): Promise<void> {
    for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
      response.write(bytes.subarray(at, at + size));
      if (behaviour.dripMs === undefined) await new Promise(setImmediate);
      else await sleep(behaviour.dripMs);
    }
  }
  return {
    raw,
    frame: (text: string) => {
      const whole = `${text}\n\n`;
      return raw(lineEnd === '\n' ? whole : whole.replaceAll('\n', lineEnd));
    },
  };
}
