/** Writes mails: the same few lines as plain text and as simple HTML, with at most one link. */
import type { Language } from '#platform/http/language-of.ts';
import type { Mail } from '#platform/mail/send-mail.ts';
import { type Say, sentencesOf } from '#platform/sentences.ts';
import english from '../../mails/en.json' with { type: 'json' };
import russian from '../../mails/ru.json' with { type: 'json' };

type Word = keyof typeof english;
const WORDS: Record<Language, Say<Word>> = {
  en: sentencesOf(english),
  ru: sentencesOf(russian, 'ru'),
};

/** What a mail is about. Nothing that its asker may choose stands in it: it may go to somebody who never asked for one. */
export type Subject = 'test' | 'reset' | 'verify' | 'moved' | 'invite';
export type Letter = { about: Subject; language: Language; base: string; path?: string };

/** The words of a mail. `path`, with a token in it perhaps, is put behind `base`. */
export function composeMail({
  about,
  language,
  base,
  path,
}: Letter): Pick<Mail, 'subject' | 'text' | 'html'> {
  const words = WORDS[language];
  const say = (part: string) => {
    const word = `${about}_${part}`;
    return word in english ? words(word as Word, { host: new URL(base).host }).text : '';
  };
  const [text, action, foot] = [say('text'), say('action'), say('foot')];
  const url = path === undefined ? '' : `${base}${path}`;
  const plain = words('plain_link').text;
  const lines = [text, url && `${action}:\n${url}`, foot];
  const parts = [
    paragraph(text),
    url && `<p style="margin:24px 0"><a href="${forHtml(url)}" style="${BUTTON}">${forHtml(action)}</a></p>`,
    foot && paragraph(foot),
    url && `<p style="color:#6b6b76;font-size:13px">${forHtml(plain)}<br>${forHtml(url)}</p>`,
  ];
  return {
    subject: say('subject'),
    text: `${lines.filter(Boolean).join('\n\n')}\n`,
    html: `<!doctype html><html lang="${language}"><body style="${BODY}">${parts.filter(Boolean).join('')}</body></html>`,
  };
}

const BODY = 'font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#1c1c22;max-width:34em';
const BUTTON =
  'background:#00655a;color:#fff;padding:10px 16px;border-radius:8px;text-decoration:none;display:inline-block';
const paragraph = (text: string): string => `<p>${forHtml(text)}</p>`;
const forHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
