import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { admin } from './harness/accounts.ts';
import { makeProcess } from './harness/make.ts';
import { follow, readStream, send, streamedText } from './harness/streams.ts';
import { addUpstream } from './harness/upstream-endpoint.ts';
import { startUpstream } from './upstream/start-upstream.ts';

const SLOW_READERS = 200;
/** More than kernels hold in their buffers for a connection, so that what is unread piles up in the server. */
const PIECES = 1700;
const PIECE = 'слово '.repeat(744);
/** Of what a slow reader got, at least so much is kept to look at: several whole events. */
const TAIL = 1_000_000;
const MIB = 1024 * 1024;

it('readers that hardly read are dropped at a bound and can resume; the others notice nothing', {
  timeout: 180_000,
}, async () => {
  const upstream = await startUpstream();
  onTestFinished(() => upstream.close());
  const { parley } = await makeProcess(onTestFinished);
  const ada = await admin(parley.url);
  const endpoint = await addUpstream(ada, upstream);
  upstream.behave({ pieces: Array(PIECES).fill(PIECE), rate: 400 });
  const turn = (what: 'pause' | 'resume') =>
    ada.fetch(`/api/v1/admin/endpoints/${endpoint}/${what}`, { method: 'POST' });

  // It begins when all of them are there.
  await turn('pause');
  const { generation } = await send(ada, 'A long one', { modelId: 'upstream/normal' });
  const start = `${generation.id}:0`;
  const slow = Array.from({ length: SLOW_READERS }, () => openSlowly(parley.url, start, ada.cookie));
  await Promise.all(slow.map((reader) => reader.there));
  const before = residentBytes(parley.pid);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, residentBytes(parley.pid));
  }, 50);
  const following = await follow(ada, generation.id, start);
  await turn('resume');
  const events = await readStream(following);
  clearInterval(watch);

  expect(events.at(-1)!.type).toBe('message_end');
  expect(streamedText(events) === PIECE.repeat(PIECES)).toBe(true);
  // What they are behind with is held once for all of them.
  expect((most - before) / MIB).toBeLessThan(SLOW_READERS);
  // What had reached the kernel's buffers by then is all they get.
  const endings = await Promise.all(slow.map((reader) => reader.readOut()));
  expect(endings.filter((text) => text.includes('event: message_end')).length).toBe(0);
  // One of them comes back with the last number it saw, and has it all.
  const last = endings.map(lastIdIn).find((id) => id !== undefined);
  expect(last).toBeDefined();
  const rest = await readStream(await follow(ada, generation.id, last));
  const numbers = events.map((event) => event.id).filter((id) => id !== undefined);
  expect(rest.map((event) => event.id)).toEqual(numbers.slice(numbers.indexOf(last!) + 1));
});

/** A reader that takes about a kilobyte a second. */
function openSlowly(url: string, lastEventId: string, cookie: string) {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  const tail: Buffer[] = [];
  let size = 0;
  const keep = (chunk: Buffer | null) => {
    if (!chunk) return;
    tail.push(chunk);
    size += chunk.length;
    while (size - tail[0]!.length >= TAIL) size -= tail.shift()!.length;
  };
  socket.write(
    `GET /api/v1/generations/${lastEventId.split(':')[0]}/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nLast-Event-ID: ${lastEventId}\r\n\r\n`,
  );
  const timer = setInterval(() => keep(socket.read(1024) as Buffer | null), 1000);
  // With this listener nothing flows by itself; one buffer is held and no more.
  const idle = () => {};
  socket.on('readable', idle);
  const there = once(socket, 'readable');
  socket.on('error', () => {});
  return {
    /** The head of the answer has come. */
    there,
    /** Reads on at full speed to the end; resolves to the last part of what came. */
    readOut: () =>
      new Promise<string>((resolve) => {
        clearInterval(timer);
        socket.once('close', () => resolve(Buffer.concat(tail).toString('latin1')));
        socket.off('readable', idle);
        socket.on('data', keep);
        socket.resume();
      }),
  };
}

/** The number of the last event that came whole. */
const lastIdIn = (text: string): string | undefined =>
  [...text.slice(0, text.lastIndexOf('\n\n')).matchAll(/^id: (\S+)$/gm)].at(-1)?.[1];

const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
