/** The server's sentences, of every room, for those who do not read the English in which it says them itself. Fetched as one file. */
import type { Words } from '#web/i18n/words.ts';

const rooms = import.meta.glob<{ [reason: string]: unknown }>('../**/sentences/ru.json', {
  eager: true,
  import: 'default',
});

export default { sentences: Object.assign({}, ...Object.values(rooms)) } satisfies Words;
