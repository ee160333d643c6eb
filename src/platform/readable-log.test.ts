import { expect, test } from 'vitest';
import { readableLine } from './readable-log.ts';

const line = (more: object) =>
  JSON.stringify({ level: 30, time: new Date(2026, 0, 2, 3, 4, 5).getTime(), pid: 7, ...more });

test('a line is the time, the message and what it is about', () => {
  expect(readableLine(line({ folder: '/data', count: 2, msg: 'making the database, once' }), false)).toBe(
    '03:04:05 making the database, once folder=/data count=2\n',
  );
});

test('a warning and an error say that they are, and an error what caused it', () => {
  expect(readableLine(line({ level: 40, msg: 'slow' }), false)).toBe('03:04:05 warning: slow\n');
  const err = { type: 'Error', message: 'no disk', stack: 'Error: no disk\n    at here' };
  expect(readableLine(line({ level: 50, msg: 'a request failed', err }), false)).toBe(
    '03:04:05 error: a request failed: no disk\nError: no disk\n    at here\n',
  );
});

test('foreign text moves no cursor, changes no colour and turns no direction', () => {
  const text = readableLine(line({ msg: 'x\u001b[2Jy\u009b1mz\u202e\r', name: '\u0007' }), false);
  expect(text).toBe('03:04:05 x\\u{1b}[2Jy\\u{9b}1mz\\u{202e}\\u{d} name=\\u{7}\n');
});

test('what is no line of the log is passed on as it is', () => {
  expect(readableLine('not json\n', false)).toBe('not json\n');
});
