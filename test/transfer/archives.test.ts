/** Archives: the chats in them come in, and those that were made to do harm are refused in words. */
import { randomUUID } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { CHATGPT, SHAREGPT } from './fixtures/foreign.ts';
import { bringIn, bringInForm, chatsOf, takeOut } from './people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
});
afterAll(() => parley.close());
beforeEach(async () => {
  ada = await signUp(parley.url);
});

async function zipOf(files: Record<string, string | Buffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** An archive of one entry as no writer would write it. */
type Raw = { mode?: number; flags?: number; data?: Buffer; says?: number };
function rawZip(
  name: string,
  { mode = 0o100644, flags = 0, data = Buffer.from(JSON.stringify(CHATGPT)), says }: Raw = {},
) {
  const unpacked = says ?? data.length;
  const packed = deflateRawSync(data);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc32(data), 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(unpacked, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(0x0314, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc32(data), 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(unpacked, 24);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt32LE((mode << 16) >>> 0, 38);
  const head = Buffer.concat([local, Buffer.from(name), packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(head.length, 16);
  return new Uint8Array(Buffer.concat([head, central, Buffer.from(name), end]));
}

test('archives: the chats in them come in, whatever else lies there', async () => {
  const zip = await zipOf({
    'export/conversations.json': JSON.stringify(CHATGPT),
    'export/user.json': '{"id":"somebody","email":"x@example.org"}',
    'export/message_feedback.json': '[]',
    'export/chat.html': '<script>alert(1)</script>',
    'export/file-abc.png': Buffer.from([0x89, 0x50]),
  });
  const { body } = await bringIn(ada, zip, '?file=chatgpt.zip');
  expect(body).toMatchObject({ format: 'chatgpt', added: 1, failed: 0 });
  expect(body.items[0]!.file).toBe('chatgpt.zip/export/conversations.json');
});

test('a broken file of an archive is named, and the others come in', async () => {
  const zip = await zipOf({
    'one.json': JSON.stringify(SHAREGPT[0]),
    'two.json': '{"schema":"parley.chat/1","messages":[',
    'three.json': JSON.stringify(SHAREGPT[1]),
  });
  const { body } = await bringIn(ada, zip, '?file=backup.zip');
  expect(body).toMatchObject({ added: 2, failed: 1 });
  expect(body.items[1]).toMatchObject({ file: 'backup.zip/two.json', row: 0, result: 'failed' });
});

test('archives that lead out of themselves, are links, encrypted, bombs or not what they say are refused in words', async () => {
  const bomb = Buffer.alloc(80 * 2 ** 20, ' ');
  const cases: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [rawZip('../../conversations.json'), /outside/],
    [rawZip('/etc/conversations.json'), /outside/],
    [rawZip('..\\conversations.json'), /outside/],
    [rawZip('conversations.json', { mode: 0o120777 }), /link/],
    [rawZip('conversations.json', { flags: 1 }), /encrypted/],
    [rawZip('conversations.json', { data: bomb }), /unpacks to far more/],
    [rawZip('conversations.json', { data: bomb, says: 1_000 }), /damaged/],
    [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), /damaged/],
    [await zipOf({ 'notes.txt': 'x' }), /holds no JSON/],
    [await zipOf({ 'user.json': '{}' }), /user\.json/],
  ];
  for (const [zip, words] of cases) {
    const { status, body } = await bringIn(ada, zip, '?file=a.zip');
    expect([status, body.error?.code, body.error?.detail]).toEqual([
      400,
      'bad_format',
      expect.stringMatching(words),
    ]);
  }
  // Beside a good file each of them is told, and the good one comes in.
  const { body } = await bringInForm(ada, { 'bad.zip': cases[0]![0], 'good.json': JSON.stringify(SHAREGPT) });
  expect(body).toMatchObject({ added: 2, failed: 1 });
  expect(await chatsOf(ada)).toHaveLength(2);
});

/** A chat whose one message says the same word over and over, which packs a thousand times smaller than it is. */
const repetitive = (mebibytes: number) => ({
  schema: 'parley.chat/1',
  id: randomUUID(),
  title: 'Over and over',
  messages: [
    {
      id: randomUUID(),
      parentId: null,
      role: 'user',
      content: [{ type: 'text', text: 'again '.repeat((mebibytes * 2 ** 20) / 6) }],
    },
  ],
});

test('very repetitive chats come in again from an archive, Parley’s own or one of many chats in a file', async () => {
  const chat = repetitive(6);
  expect((await bringIn(ada, chat)).body).toMatchObject({ added: 1 });
  const answer = await ada.fetch('/api/v1/chats/export?format=zip');
  const archive = new Uint8Array(await answer.arrayBuffer());
  // Tighter than what was once taken for a bomb by this alone.
  expect(archive.length).toBeLessThan((6 * 2 ** 20) / 200);
  const bob = await signUp(parley.url);
  expect((await bringIn(bob, archive, '?file=own.zip')).body).toMatchObject({ copied: 1, failed: 0 });
  const [copy] = await chatsOf(bob);
  expect((JSON.parse(await takeOut(bob, `${copy!.id}/export`)) as typeof chat).messages[0]!.content).toEqual(
    chat.messages[0]!.content,
  );

  // More in all than may go by without a chat, but each of them ends in time.
  const lines = Array.from({ length: 12 }, () => JSON.stringify(repetitive(6))).join('\n');
  const many = rawZip('chats.jsonl', { data: Buffer.from(lines) });
  expect((await bringIn(ada, many, '?file=many.zip&dryRun=true')).body).toMatchObject({
    added: 12,
    failed: 0,
  });
});

test('a bomb behind a good chat is refused in words, and the chat stays', async () => {
  const data = Buffer.concat([
    Buffer.from(`[${JSON.stringify(SHAREGPT[0])},`),
    Buffer.alloc(80 * 2 ** 20, ' '),
    Buffer.from(`${JSON.stringify(SHAREGPT[1])}]`),
  ]);
  const { body } = await bringIn(ada, rawZip('conversations.json', { data }), '?file=a.zip');
  expect(body).toMatchObject({ added: 1, failed: 1 });
  expect(body.items[1]!.message).toMatch(/unpacks to far more/);
  expect(await chatsOf(ada)).toHaveLength(1);
});

test('the archives of one import have one bound for what they unpack to, however many they are', async () => {
  const says = Math.floor(1.5 * 2 ** 30);
  const claims = rawZip('conversations.json', { says });
  const { body } = await bringInForm(ada, {
    'good.json': JSON.stringify(SHAREGPT),
    'one.zip': claims,
    'two.zip': claims,
    'three.zip': claims,
  });
  // What was read before an archive was found damaged has come in; the third is not even opened.
  expect(body).toMatchObject({ added: 3, failed: 3 });
  const failed = body.items.filter(({ result }) => result === 'failed');
  expect(failed.map(({ message }) => message)).toEqual([
    expect.stringMatching(/damaged/),
    expect.stringMatching(/damaged/),
    expect.stringMatching(/at most 4 GiB/),
  ]);
});
