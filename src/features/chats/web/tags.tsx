import { useTranslations } from 'use-intl';
import { searchList } from './list-search.ts';

/** More than these would push the title out. */
const SHOWN = 3;

/** The tags of a chat beside its title; each leads to all chats that have it. */
export default function Tags({ tags }: { tags: readonly string[] }) {
  const t = useTranslations('chats');
  return (
    <span className="flex min-w-0 shrink items-center gap-1 overflow-hidden p-0.5 max-md:hidden">
      {tags.slice(0, SHOWN).map((tag) => (
        <button
          key={tag}
          type="button"
          aria-label={t('tagged', { tag })}
          title={t('tagged', { tag })}
          onClick={() => searchList(tag)}
          className="max-w-32 min-w-8 truncate rounded-full border border-hairline px-2 py-0.5 text-xs text-muted outline-offset-0 transition-colors hover:bg-hover hover:text-text"
        >
          {tag}
        </button>
      ))}
      {tags.length > SHOWN && (
        <span className="text-xs text-muted" title={tags.slice(SHOWN).join(', ')}>
          +{tags.length - SHOWN}
        </span>
      )}
    </span>
  );
}
