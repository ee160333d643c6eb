import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { TextArea } from '#web/ui/field.tsx';
import { rate } from './tree-actions.ts';

/** Offered reasons, by the verdict they go with; stored under these names, in every language. */
const TAGS = {
  1: ['correct', 'clear', 'helpful'],
  [-1]: ['wrong', 'unclear', 'incomplete', 'too_long'],
} as const;

/** Two thumbs, kept at once; then, for who wants to say more, reasons and a note. */
export function RatingForm({ message, onDone }: { message: Message; onDone: () => void }) {
  const t = useTranslations('rating');
  const words = useErrorWords();
  const known = message.rating;
  const [value, setValue] = useState(known?.value ?? null);
  const [tags, setTags] = useState<readonly string[]>(known?.tags ?? []);
  const [comment, setComment] = useState(known?.comment ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const keep = (given: { value: 1 | -1 | null; tags: readonly string[]; comment: string }) =>
    rate(message, { ...given, tags: [...given.tags] }).then(
      () => setProblem(null),
      (error) => {
        setProblem(words(error));
        throw error;
      },
    );
  const choose = (thumb: 1 | -1) => {
    const next = value === thumb ? null : thumb;
    setValue(next);
    setTags([]);
    void keep({ value: next, tags: [], comment }).catch(() => setValue(value));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void keep({ value, tags, comment }).then(onDone, () => {});
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <fieldset aria-label={t('verdict')} className="flex flex-wrap gap-2">
        {([1, -1] as const).map((thumb) => (
          <Button
            key={thumb}
            small
            aria-pressed={value === thumb}
            onClick={() => choose(thumb)}
            className={cx('flex-1', value === thumb && 'border-accent text-accent')}
          >
            {thumb === 1 ? <ThumbsUp size={15} aria-hidden /> : <ThumbsDown size={15} aria-hidden />}
            {thumb === 1 ? t('good') : t('bad')}
          </Button>
        ))}
      </fieldset>
      {value !== null && (
        <fieldset aria-label={t('reasons')} className="flex flex-wrap gap-1.5">
          {TAGS[value].map((tag) => (
            <Button
              key={tag}
              small
              aria-pressed={tags.includes(tag)}
              className={cx(tags.includes(tag) && 'border-accent text-accent')}
              onClick={() =>
                setTags(tags.includes(tag) ? tags.filter((other) => other !== tag) : [...tags, tag])
              }
            >
              {t(`tag.${tag}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <TextArea
        label={t('comment')}
        dir="auto"
        rows={2}
        maxLength={4000}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      {problem && (
        <p role="alert" className="text-note text-danger">
          {problem}
        </p>
      )}
      <div className="flex items-center gap-2">
        <p className="flex-1 text-xs text-pretty text-muted">{t('whose')}</p>
        <Button small look="primary" type="submit">
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
