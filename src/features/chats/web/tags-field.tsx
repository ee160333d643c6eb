import { X } from 'lucide-react';
import { type KeyboardEvent, useId } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import { Field, INPUT } from '#web/ui/field.tsx';
import { TagInput } from './order/tag-input.tsx';

/** `text`: tags, each followed by a comma, and what is being typed after the last one. */
type TagsFieldProps = { text: string; onChange: (text: string) => void };

/** The tags of a chat: each as a chip that can be taken away; Enter or a comma makes one of what is typed. */
export function TagsField({ text, onChange }: TagsFieldProps) {
  const t = useTranslations('details');
  const id = useId();
  const parts = text.split(',').map((part) => part.trimStart());
  const tags = parts.slice(0, -1).filter((tag) => tag.trim() !== '');
  const draft = parts.at(-1) ?? '';
  const change = (next: readonly string[], typed: string) =>
    onChange([...next.map((tag) => tag.trim()), typed].join(', '));
  const finish = () => draft.trim() !== '' && change([...tags, draft], '');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && draft.trim() !== '') {
      event.preventDefault();
      finish();
    }
    if (event.key === 'Backspace' && draft === '') change(tags.slice(0, -1), '');
  };
  return (
    <Field id={id} label={t('tags')} hint={t('tagsHint')}>
      <ul
        className={cx(
          INPUT,
          'relative flex flex-wrap items-center gap-1.5 py-1.5 px-2! focus-within:border-accent',
        )}
      >
        {tags.map((tag, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a tag may stand there twice until it is saved
            key={index}
            className="flex min-w-0 items-center rounded-small bg-hover pl-2 text-note forced-colors:border"
          >
            <span dir="auto" className="min-w-0 truncate">
              {tag}
            </span>
            <button
              type="button"
              aria-label={t('removeTag', { tag })}
              onClick={() => change(tags.toSpliced(index, 1), draft)}
              className="grid size-7 shrink-0 place-items-center rounded-small text-muted hover:text-text touch:size-11"
            >
              <X size={14} />
            </button>
          </li>
        ))}
        <li className="min-w-20 flex-1">
          <TagInput
            id={id}
            aria-describedby={`${id}-note`}
            value={draft}
            onChange={(typed) => change(tags, typed)}
            onChoose={(tag) => change([...tags, tag], '')}
            without={tags}
            within
            onKeyDown={onKeyDown}
            onBlur={finish}
            className="h-7 w-full bg-transparent px-1 outline-none touch:h-11"
          />
        </li>
      </ul>
    </Field>
  );
}
