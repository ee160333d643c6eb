/** Sentences of the server that people read: a reason and its parameters travel, so that each reader's own language can be put on them. */
import compile from 'icu-minify/compile';
import format, { type FormatOptions } from 'icu-minify/format';

export type SentenceParams = Record<string, string | number>;

/** A sentence on its way: `reason` names it in `sentences/{en,ru}.json` of its room, `text` is the English of it. */
export type Sentence = {
  readonly reason: string;
  readonly params: SentenceParams;
  readonly text: string;
};

/** A sentence as it is stored and answered: in English, and by its name for other languages. */
export type Detail = { detail: string; reason: string; params: SentenceParams };
export const toDetail = ({ text, reason, params }: Sentence): Detail => ({ detail: text, reason, params });

/** How a room says one of its sentences. */
export type Say<Reason extends string> = (reason: Reason, params?: SentenceParams) => Sentence;

const formatters: FormatOptions['formatters'] = {
  getDateTimeFormat: (...args) => new Intl.DateTimeFormat(...args),
  getNumberFormat: (...args) => new Intl.NumberFormat(...args),
  getPluralRules: (...args) => new Intl.PluralRules(...args),
};

/**
 * Makes the `say` of a room from its sentences, which are ICU messages by reason; English ones, for what travels. Each is compiled when
 * it is first said.
 */
export function sentencesOf<Reason extends string>(
  messages: Record<Reason, string>,
  language = 'en',
): Say<Reason> {
  const compiled = new Map<Reason, ReturnType<typeof compile>>();
  return (reason, params = {}) => {
    let message = compiled.get(reason);
    if (message === undefined) {
      message = compile(messages[reason]);
      compiled.set(reason, message);
    }
    return { reason, params, text: String(format(message, language, params, { formatters })) };
  };
}
