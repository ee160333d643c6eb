/** Input as an attacker or a broken client sends it. */

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** JSON texts to stand where a field's value belongs. As text, because some cannot be written as a JavaScript value. */
export const HOSTILE_JSON: string[] = [
  'null',
  'true',
  '-1',
  '1.5',
  '1e400',
  '9223372036854775808',
  '123456789012345678901234567890',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"a\\udfffb"',
  JSON.stringify('x'.repeat(50_000)),
  '"\\u202e../../etc/passwd%00"',
  `"'; DROP TABLE users; --"`,
  '[]',
  '[null,1,"\\u0000",{"\\ud800":"\\u0000"}]',
  '{}',
  '{"\\u0000":"\\u0000"}',
  '{"toString":1,"constructor":{"prototype":{}},"length":-1}',
  '{"type":"text","text":"\\udc00"}',
  '[{"type":"text","text":"\\u0000"}]',
  deep(60),
];

/** Whole bodies that no route may accept. */
export const HOSTILE_BODIES: string[] = [
  '{',
  '{"a":}',
  '[]',
  '"text"',
  '12',
  'true',
  '\u0000',
  '{"__proto__":{"isAdmin":true}}',
  '{"a":{"__proto__":{"b":1}}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  deep(100_000),
  `{"a":${deep(5000)}}`,
];

/** Values of a query parameter that cannot be read, or hardly, whoever wants to: encoded as sent. */
export const UNREADABLE_QUERY: string[] = ['', '%00', '%ED%A0%80', '%FF%FE', '%', 'x'.repeat(5000)];

/** Values of a query parameter, encoded as sent. */
export const HOSTILE_QUERY: string[] = [
  ...UNREADABLE_QUERY,
  '%2e%2e%2f',
  '-1',
  '0',
  '201',
  '1e400',
  '99999999999999999999',
  'null',
  '%7B%22a%22%3A1%7D',
  '%27%3B--',
  '%25_%5C',
];

/** Path ids, encoded as sent. */
export const HOSTILE_IDS: string[] = [
  '%00',
  '%ED%A0%80',
  'not-an-id',
  '0',
  '-1',
  '..%2f..%2fsecret',
  '%2e%2e',
  'x'.repeat(400),
  '%7B%7D',
  "00000000-0000-7000-8000-000000000000'--",
];
