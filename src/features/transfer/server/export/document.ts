/** What a chat is to read outside of Parley: pure writers of text, one for each format, given to whoever reads the branch. */
import type { Part } from '#features/messages/messages.ts';
import type { Language } from '#platform/http/language-of.ts';
import { sentencesOf } from '#platform/sentences.ts';
import english from './documents.en.json' with { type: 'json' };
import russian from './documents.ru.json' with { type: 'json' };
import type { Turn } from './read-branch.ts';
import type { HeadRow } from './read-head.ts';

const WORDS = { en: sentencesOf(english, 'en'), ru: sentencesOf(russian, 'ru') };

/** What all formats say alike. */
export type Words = {
  language: Language;
  titleOf(head: Pick<HeadRow, 'title'>): string;
  nameOf(turn: Pick<Turn, 'name' | 'role'>): string;
  /** A moment in UTC, for people; empty where it is not known. */
  when(time: Date | null): string;
  say(word: keyof typeof english, params?: Record<string, string>): string;
};

export function wordsIn(language: Language): Words {
  const moments = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  const say: Words['say'] = (word, params) => WORDS[language](word, params).text;
  return {
    language,
    say,
    titleOf: ({ title }) => title || say('untitled'),
    nameOf: ({ name, role }) => name ?? say(role),
    when: (time) => (time ? `${moments.format(time)} UTC` : ''),
  };
}

/** How one format writes a chat. */
export type Style = {
  begin(head: HeadRow, now: Date): string;
  turn(turn: Turn): string;
  end(): string;
};

/** Neighbouring texts are one text, however many pieces they came in. */
export function blocksOf(content: readonly Part[]): Part[] {
  const blocks: Part[] = [];
  for (const part of content) {
    const last = blocks.at(-1);
    if (part.type === 'text' && last?.type === 'text')
      blocks[blocks.length - 1] = { type: 'text', text: last.text + part.text };
    else blocks.push(part);
  }
  return blocks;
}
