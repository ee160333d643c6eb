/** What the scripted model says: the same prompt, the same answer, in the language of the prompt. */

const CYRILLIC = /[\u0400-\u04ff]/;

export const inRussian = (prompt: string): boolean => CYRILLIC.test(prompt);

const WORDS = {
  en: 'a queue is only fair when everyone can see it moving so the line shows your place and the words arrive as they are written each of them kept before you could lose it while the next reader waits no longer than they must'.split(
    ' ',
  ),
  ru: 'очередь честна только тогда когда видно как она движется поэтому строка показывает ваше место а слова приходят по мере того как пишутся и каждое из них сохранено раньше чем его можно потерять пока следующий читатель ждёт не дольше чем нужно'.split(
    ' ',
  ),
};

/** FNV-1a, 32 bits: which words come depends on the prompt and on nothing else. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Exactly `count` tokens (words with their space), in sentences of uneven length. */
export function writeWords(count: number, seed: number, russian: boolean): string[] {
  const words = WORDS[russian ? 'ru' : 'en'];
  let state = seed || 1;
  let left = 0;
  return Array.from({ length: count }, (_, at) => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const word = words[(state >>> 0) % words.length]!;
    const begins = left === 0;
    if (begins) left = 6 + ((state >>> 5) % 9);
    left -= 1;
    const ends = left === 0 || at === count - 1;
    const shown = begins ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    return `${at === 0 ? '' : ' '}${shown}${ends ? '.' : ''}`;
  });
}

/** Text in pieces about as long as a model's tokens; joined they are the text again. */
export function tokenise(text: string): string[] {
  return text.match(/\s*[\p{L}\p{N}]{1,7}|\s*[^\p{L}\p{N}\s]|\s+/gu) ?? [];
}

/** Two sentences that no demo reply leaves out. */
const LABEL = {
  en: 'This is Parley’s built-in scripted stand-in, not a language model. To talk to a real one, an admin adds an endpoint (LM Studio, Ollama, an API key) under Admin → Endpoints.',
  ru: 'Это встроенная в Parley заготовка, а не языковая модель. Чтобы говорить с настоящей, администратор добавляет точку доступа (LM Studio, Ollama, ключ API) в разделе «Администрирование → Точки доступа».',
};

/** A Markdown answer that shows what the page can draw; which parts come depends on the prompt. */
export function writeDemo(prompt: string, seed: number): string {
  const russian = inRussian(prompt);
  const say = (english: string, inTheirs: string) => (russian ? inTheirs : english);
  const quoted = prompt.replace(/\s+/g, ' ').trim();
  const short = [...quoted.slice(0, 160)].slice(0, 80).join('') + (quoted.length > 80 ? '…' : '');
  const wants = (pattern: RegExp) => pattern.test(prompt);
  const sections: string[] = [russian ? LABEL.ru : LABEL.en];
  if (short !== '')
    sections.push(say(`You wrote: “${showPlain(short)}”`, `Вы написали: «${showPlain(short)}»`));

  sections.push(
    `## ${say('What happens to your words', 'Что происходит с вашими словами')}`,
    say(
      '1. They are **saved** before anything else.\n2. They take a place in the queue, which you can *see*.\n3. The reply streams, and survives a refresh, a closed tab or a crash.',
      '1. Сначала они **сохраняются**.\n2. Затем занимают место в очереди, и его *видно*.\n3. Ответ приходит по словам и переживает обновление страницы, закрытую вкладку и сбой.',
    ),
  );
  const any = wants(/code|код|table|таблиц|math|формул/i);
  if (wants(/code|код/i) || (!any && seed % 2 === 0)) sections.push(CODE[seed % CODE.length]!);
  if (wants(/table|таблиц/i) || (!any && seed % 2 === 1)) sections.push(russian ? TABLE.ru : TABLE.en);
  if (wants(/math|формул/i) || (!any && seed % 3 === 0))
    sections.push(
      say(
        'Little’s law gives the length of the line: *L* = *λ* · *W*, arrivals times the wait.',
        'Длину очереди даёт закон Литтла: *L* = *λ* · *W*, поток заявок на время ожидания.',
      ),
    );
  const closing = CLOSING[russian ? 'ru' : 'en'];
  sections.push([0, 1, 2].map((at) => closing[(seed + at * 5) % closing.length]).join(' '));
  return sections.join('\n\n');
}

/** The person's own words are shown, not drawn. */
const showPlain = (text: string) => text.replace(/[\\`*_{}[\]<>#|~$!]/g, '\\$&');

const CODE = [
  "```ts\n// Fair share: whoever was served least goes next.\nfunction next(waiting: { user: string; served: number }[]) {\n  return waiting.toSorted((a, b) => a.served - b.served)[0]?.user ?? 'nobody';\n}\n```",
  '```python\ndef wait(ahead: int, slots: int, seconds: float) -> float:\n    """Seconds until a slot comes free, roughly."""\n    return (ahead // slots + 1) * seconds\n```',
  "```sql\nSELECT state, count(*) FROM generations\nWHERE queued_at > now() - interval '1 hour'\nGROUP BY state;\n```",
];
/** Seven each; every fifth of them from anywhere gives three different ones. */
const CLOSING = {
  en: [
    'Every chat keeps its own draft, so you can leave this one in the middle of a sentence.',
    'Several chats may write at once; a small mark in the list shows which.',
    'Stop ends a reply at once and keeps what was written.',
    'Who has been served least goes next, so a long job cannot push you back.',
    'Open the same chat in a second tab: both show the same words at the same moment.',
    'A failed reply says why, in words, and can be asked for again.',
    'Nothing you have read is ever lost, not even when the server is switched off.',
  ],
  ru: [
    'У каждого чата свой черновик: его можно оставить на середине фразы.',
    'Писать могут сразу несколько чатов; какие именно, видно по метке в списке.',
    'Кнопка «Стоп» сразу прекращает ответ и сохраняет уже написанное.',
    'Следующим идёт тот, кого обслужили меньше всех, поэтому длинная задача вас не отодвинет.',
    'Откройте тот же чат во второй вкладке: слова появятся в обеих одновременно.',
    'Если ответ не удался, будет сказано почему, и его можно запросить снова.',
    'Прочитанное не пропадает, даже если сервер выключить.',
  ],
};
const TABLE = {
  en: '| place | who | waits about |\n|---:|---|---:|\n| 1 | you | 10 s |\n| 2 | a colleague | 25 s |\n| 3 | a batch job | 40 s |',
  ru: '| место | кто | ждёт около |\n|---:|---|---:|\n| 1 | вы | 10 с |\n| 2 | коллега | 25 с |\n| 3 | пакетное задание | 40 с |',
};
