import { useTranslations } from 'use-intl';
import { ScriptedNotice } from '#features/endpoints/web/index.ts';

const SUGGESTIONS = ['explain', 'write', 'plan', 'code'] as const;

/** What greets somebody who has not said anything yet; under the title of the chat, if it has one. */
export function Greeting({ titled }: { titled: boolean }) {
  const t = useTranslations('empty');
  const Heading = titled ? 'h2' : 'h1';
  return (
    <div className="mx-auto w-full max-w-(--measure) animate-appear px-4 pb-6 text-center sm:px-6">
      <Heading className="text-[1.625rem] font-semibold tracking-[-0.02em] text-balance sm:text-[2rem]">
        {t('greeting')}
      </Heading>
      <p className="mt-2 text-muted text-balance">{t('promise')}</p>
      <ScriptedNotice />
    </div>
  );
}

type SuggestionsProps = {
  /** What the chosen agent suggests in their place. */
  starters: readonly string[] | undefined;
  draft: string;
  onDraft: (text: string) => void;
  focus: () => void;
};

/** Beginnings to pick from; picking one fills the composer, so that it can be made one's own. */
export function Suggestions({ starters, draft, onDraft, focus }: SuggestionsProps) {
  const t = useTranslations('empty');
  if (draft !== '') return null;
  const shown = starters?.length
    ? starters.map((text) => ['', text] as const)
    : SUGGESTIONS.map((name) => [t(`suggestion.${name}.title`), t(`suggestion.${name}.text`)] as const);
  return (
    <ul
      aria-label={t('suggestions')}
      className="mx-auto flex w-full max-w-(--measure) animate-appear flex-col gap-2 px-4 pb-4 sm:grid sm:grid-cols-2 sm:px-6 md:pt-3 md:pb-0"
    >
      {shown.map(([title, text]) => (
        <li key={text}>
          <button
            type="button"
            className="h-full w-full rounded-medium border border-hairline px-3.5 py-2.5 text-left text-sm transition-colors hover:bg-hover touch:min-h-11"
            onClick={() => {
              onDraft(text);
              focus();
            }}
          >
            <span className="block font-medium">{title}</span>
            <span dir="auto" className="line-clamp-3 text-pretty text-muted">
              {text}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
