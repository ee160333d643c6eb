/** Words of the terminal itself, in the language of the person at it. */
import { type SentenceParams, sentencesOf } from '#platform/sentences.ts';
import type english from './words/en.json';

export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Says one of its words or sentences, in one language. */
export type Words<Key extends string> = (key: Key, params?: SentenceParams) => string;
/** What everything in this folder needs of them. */
export type TerminalWords = Words<keyof typeof english>;

/** Makes what says `messages`, which are ICU messages in `language`. */
export function wordsOf<Key extends string>(messages: Record<Key, string>, language: Language): Words<Key> {
  const say = sentencesOf(messages, language);
  return (key, params) => say(key, params).text;
}

/** The language of a POSIX locale such as `ru_RU.UTF-8`; English for one that Parley does not speak. */
export const languageOfLocale = (locale = ''): Language =>
  LANGUAGES.find((language) => new RegExp(`^${language}(?![a-z])`, 'i').test(locale)) ?? 'en';

/** Takes `--lang` out of the arguments; what stands behind `--` is no flag. */
export function takeLanguage(args: readonly string[]): { given: string | undefined; rest: string[] } {
  const end = args.indexOf('--');
  const flags = end < 0 ? args : args.slice(0, end);
  const at = flags.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  if (at < 0) return { given: undefined, rest: [...args] };
  const isApart = args[at] === '--lang';
  const given = isApart ? (flags[at + 1] ?? '') : args[at]!.slice('--lang='.length);
  return { given, rest: args.toSpliced(at, isApart ? 2 : 1) };
}
