import type { FastifyRequest } from 'fastify';

/** Languages that people are written to in. */
export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language somebody reads, by `Accept-Language`: the first of ours by weight, English where none is. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  const wanted = (headers['accept-language'] ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  const ours = wanted.filter(
    ({ language, weight }) => weight > 0 && LANGUAGES.includes(language as Language),
  );
  return (ours.toSorted((a, b) => b.weight - a.weight)[0]?.language ?? 'en') as Language;
}
