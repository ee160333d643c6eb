/** The server's sentences in other languages than the English in which it says them itself. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Detail, sentencesOf } from '#platform/sentences.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/** What an error answer or a failed reply has of a sentence; older ones have its English alone. */
type Said = Pick<Detail, 'detail'> & { [Key in 'reason' | 'params']?: Detail[Key] | undefined };

/** Reads the sentences of every room in `language`, and returns what says one of them: its English where there is no other. */
export function loadSentences(language: string): (said: Said) => string {
  const files = language === 'en' ? [] : globSync(`**/sentences/${language}.json`, { cwd: SOURCE });
  const messages: Record<string, string> = Object.assign(
    {},
    ...files.map((file) => JSON.parse(readFileSync(join(SOURCE, file), 'utf8'))),
  );
  const say = sentencesOf(messages, language);
  return ({ detail, reason = '', params }) =>
    Object.hasOwn(messages, reason) ? say(reason, params).text : detail;
}
