import { say } from '../say.ts';
import { Refused } from './draft.ts';

/** What could not be kept: how many characters were replaced. */
export type Cleaned = { value: unknown; replaced: number };

/** Text escapes that stand for NUL or for half a surrogate pair, and all ways of writing the name that is refused. */
const MAY_BE_UNCLEAN = /\\u(?:0000|[dD][89a-fA-F])|__proto__|\\u005[fF]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const UNCLEAN = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * JSON that somebody else wrote, parsed from `text`, as it can be stored: NUL and halves of surrogate pairs become U+FFFD. A key
 * `__proto__` is refused.
 */
export function cleanJson(value: unknown, text: string): Cleaned {
  if (!MAY_BE_UNCLEAN.test(text)) return { value, replaced: 0 };
  let replaced = 0;
  const cleanText = (dirty: string): string =>
    dirty.replace(UNCLEAN, () => {
      replaced += 1;
      return '\uFFFD';
    });
  const clean = (inner: unknown): unknown => {
    if (typeof inner === 'string') return cleanText(inner);
    if (Array.isArray(inner)) return inner.map(clean);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([name, one]) => {
        if (name === '__proto__') throw new Refused(say('key_forbidden', { key: name }));
        return [cleanText(name), clean(one)];
      }),
    );
  };
  return { value: clean(value), replaced };
}
