/**
 * How much of somebody's storage a thing takes: its text, and a share for the row, so that a million empty ones are not free.
 * Said twice, for what is about to be written and for what is there; a test holds the two together.
 */

const ROW_BYTES = 256;
/** Of the `[]` that a reply is until it has ended, and of the `{}` of metadata or settings that nobody wrote. */
const EMPTY_BYTES = 2;

/** The bytes of a JSON value as PostgreSQL writes a `jsonb`: JavaScript's, and what it writes longer. */
export const jsonBytes = (value: unknown): number =>
  Buffer.byteLength(JSON.stringify(value)) + longerBy(value);

/** A blank after each colon and comma, and numbers without an exponent. */
function longerBy(value: unknown): number {
  if (typeof value === 'number') return zerosOf(String(value));
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  const blanks = Math.max(0, inner.length - 1) + (Array.isArray(value) ? 0 : inner.length);
  return inner.reduce((sum: number, each) => sum + longerBy(each), blanks);
}

function zerosOf(number: string): number {
  const [, sign, , fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(number) ?? [];
  if (exponent === undefined) return 0;
  const power = Number(exponent);
  const digits = power > 0 ? power + 1 : 2 - power + fraction.length;
  return sign!.length + digits - number.length;
}

/** The bytes of a message with this content, and with what its person noted of it beyond nothing. */
export const bytesOfMessage = (content: readonly unknown[], metadata: object = {}): number =>
  ROW_BYTES + jsonBytes(content) + jsonBytes(metadata) - EMPTY_BYTES;
/** SQL: the bytes of message `m`. */
export const messageBytes = (m: string): string =>
  `(${ROW_BYTES} + octet_length(${m}.content::text) + octet_length(${m}.metadata::text) - ${EMPTY_BYTES})`;

type ChatText = {
  title: string;
  description: string;
  tags: readonly string[];
  metadata: object;
  settings: object;
};
/** The bytes of a chat, without its messages. */
export const bytesOfChat = ({ title, description, tags, metadata, settings }: ChatText): number =>
  ROW_BYTES +
  Buffer.byteLength(title + description + tags.join('')) +
  jsonBytes(metadata) +
  jsonBytes(settings) -
  EMPTY_BYTES;
/** SQL: the same of chat `c`. */
export const chatBytes = (c: string): string =>
  `(${ROW_BYTES} + octet_length(${c}.title) + octet_length(${c}.description) + octet_length(${c}.metadata::text)
    + octet_length(${c}.settings::text) - ${EMPTY_BYTES} + octet_length(array_to_string(${c}.tags, '')))`;

/** SQL: the bytes of item `o` of the outbox, a message that is not sent yet. */
export const outboxBytes = (o: string): string =>
  `(${ROW_BYTES} + octet_length(${o}.content::text) + octet_length(${o}.input::text))`;

/** SQL: the bytes of link `s` to a copy of a chat, with the copy. */
export const shareBytes = (s: string): string =>
  `(${ROW_BYTES} + octet_length(${s}.title) + octet_length(${s}.messages::text))`;

/** The bytes of a version of instructions. */
export const bytesOfContext = (content: string): number => ROW_BYTES + Buffer.byteLength(content);
/** SQL: the same of version `v`. */
export const contextBytes = (v: string): string => `(${ROW_BYTES} + octet_length(${v}.content))`;

/** SQL: the bytes of `o`, what an imported chat or message came with and has no place of its own. */
export const originalBytes = (o: string): string => `(${ROW_BYTES} + octet_length(${o}.record::text))`;

type AgentText = { name: string; description: string; instructions: string; starters: readonly string[] };
/** The bytes of a version of an agent. */
export const bytesOfAgent = ({ name, description, instructions, starters }: AgentText): number =>
  ROW_BYTES + Buffer.byteLength(name + description + instructions + starters.join(''));
/** SQL: the same of version `v`. */
export const agentBytes = (v: string): string =>
  `(${ROW_BYTES} + octet_length(${v}.name) + octet_length(${v}.description) + octet_length(${v}.instructions)
    + octet_length(array_to_string(${v}.starters, '')))`;

/**
 * The bytes by which a reply that has not begun is going to grow for certain: the text it is to go on from. Counted when
 * it is queued, so that one that ends without a word changes nothing.
 */
export const bytesOfOpening = (text: string): number => jsonBytes([{ type: 'text', text }]) - EMPTY_BYTES;
/** SQL: the same of a text, or of none. */
export const openingBytes = (opening: string): string =>
  `(CASE WHEN ${opening} IS NULL THEN 0 ELSE octet_length(
    jsonb_build_array(jsonb_build_object('type', 'text', 'text', ${opening}))::text) - ${EMPTY_BYTES} END)`;

/** SQL: the bytes by which reply `m` has grown with its end. */
export const grownBytes = (m: string, opening: string): string =>
  `(octet_length(${m}.content::text) - ${EMPTY_BYTES} - ${openingBytes(opening)})`;
