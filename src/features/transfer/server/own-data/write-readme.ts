/** `README.txt`: what each file is, for whoever opens the archive, perhaps years later. */
import type { Language } from '#platform/http/language-of.ts';
import { sentencesOf } from '#platform/sentences.ts';
import english from './readme.en.json' with { type: 'json' };
import russian from './readme.ru.json' with { type: 'json' };

const WORDS = { en: sentencesOf(english, 'en'), ru: sentencesOf(russian, 'ru') };
/** Characters of a line, as mail and terminals show them. */
const WIDTH = 76;

export function writeReadme(language: Language, name: string, now: Date, withKey: boolean): string {
  const at = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(now);
  const say = (word: keyof typeof english) => WORDS[language](word, { name, at: `${at} UTC` }).text;
  const title = say('title');
  const parts = ['made', 'chats', 'account', 'usage', 'out', ...(withKey ? ['key' as const] : [])] as const;
  return `${[title, '='.repeat(title.length), '', ...parts.flatMap((part) => [...wrapped(say(part)), ''])].join('\r\n')}`;
}

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
