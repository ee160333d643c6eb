/** One window for what can be found and what can be done, by keys alone if one likes. */
import { Search, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { IconButton } from '#web/ui/button.tsx';
import { focusFirstField, isFocusLost } from '#web/ui/focus.ts';
import { TryAgain } from '#web/ui/try-again.tsx';
import { QUESTION_MAX } from '../rules.ts';
import { endTyping, giveFocusBack, typedSoFar } from './open-search.ts';
import { Sections } from './sections.tsx';
import { complete, openFilter, suggestFilters, withoutLast } from './suggest-filters.ts';
import { Suggestions } from './suggestions.tsx';
import { type Entry, toSections } from './to-sections.ts';
import { useCommands } from './use-commands.ts';
import { useFilterValues } from './use-filter-values.ts';
import { useHits } from './use-hits.ts';

export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations('search');
  const words = useErrorWords();
  const [typed, setTyped] = useState(typedSoFar);
  const [, navigate] = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const commands = useCommands();
  const suggested = suggestFilters(typed);
  const offered = useFilterValues(typed);
  const open = openFilter(typed);
  const begun = offered !== null && offered.values.length > 0 && !offered.whole;
  // As long as a filter has no value yet, what is found without it.
  const unfinished = open !== null && (open.value === '' || suggested.length > 0 || begun);
  const question = (unfinished ? withoutLast(typed) : typed).trim();
  const hits = useHits(question);
  const found = useMemo(() => hits.data?.pages.flatMap((page) => page.items) ?? [], [hits.data]);
  const sections = toSections(question, hits.isError ? [] : found, commands, offered);
  const entries = sections.flatMap((section) => section.entries);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const active = Math.max(
    0,
    entries.findIndex(({ key }) => key === activeKey),
  );
  const settled = hits.asked === question && !hits.isPlaceholderData;
  const nothing = settled && hits.isSuccess && found.length === 0;

  // What Tab makes of the last word: the value that is pointed at, else the first there is.
  const nextWord = entries[active]?.value?.word ?? suggested[0] ?? offered?.values[0]?.word;

  // After the field has taken the focus (effects of what stands inside run first).
  useEffect(() => {
    const all = endTyping();
    if (all) setTyped(all);
  }, []);

  // What follows the last finds is read before one comes to it.
  const near = active >= entries.length - 5;
  useEffect(() => {
    if (near && hits.hasNextPage && !hits.isFetchingNextPage && !hits.isError) void hits.fetchNextPage();
  }, [near, hits]);

  const choose = ({ path, run, window, value }: Entry) => {
    if (value) return suggest(value.word);
    if (window) return run?.();
    onClose();
    if (path !== null) navigate(path, { state: { chosenAt: Date.now() } });
    run?.();
  };
  // Enter may be quicker than the finds: it means the first of those that are on their way, and not one of the last question.
  const awaited = useRef(false);
  useEffect(() => {
    if (!settled || !awaited.current) return;
    awaited.current = false;
    if (entries[active]) choose(entries[active]);
  });
  const type = (text: string) => {
    awaited.current = false;
    setTyped(text);
    setActiveKey(null);
  };
  const moveTo = (index: number) => {
    const entry = entries[(index + entries.length) % entries.length];
    if (!entry) return;
    setActiveKey(entry.key);
    document.getElementById(`${listId}-${entry.key}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and arrows belong to whoever composes a character (IME).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (step !== undefined) {
      const to = active + step;
      moveTo(Math.abs(step) === 1 ? to : Math.min(entries.length - 1, Math.max(0, to)));
    } else if (event.key === 'Enter' && !settled && !entries[active]?.command && !entries[active]?.value)
      awaited.current = true;
    else if (event.key === 'Enter' && entries[active]) choose(entries[active]);
    else if (event.key === 'Tab' && !event.shiftKey && nextWord) type(complete(typed, nextWord));
    else return;
    event.preventDefault();
  };
  const suggest = (word: string) => {
    type(complete(typed, word));
    field.current?.focus();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            focusFirstField(event.currentTarget as HTMLElement);
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // What was chosen may have led elsewhere, and have the focus there already.
            if (isFocusLost()) giveFocusBack();
          }}
          className="fixed inset-0 z-40 flex animate-rise flex-col bg-surface pt-[env(safe-area-inset-top)] shadow-float focus:outline-none sm:inset-x-0 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-h-[min(36rem,76dvh)] sm:w-[calc(100%-3rem)] sm:max-w-2xl sm:rounded-large sm:border sm:border-hairline"
        >
          <Dialog.Title className="sr-only">{t('title')}</Dialog.Title>
          <div className="flex shrink-0 items-center gap-2 border-b border-hairline pr-2 pl-4">
            <Search size={18} className="shrink-0 text-muted" aria-hidden />
            <input
              ref={field}
              type="text"
              role="combobox"
              aria-label={t('title')}
              aria-expanded="true"
              aria-controls={listId}
              aria-activedescendant={entries[active] && `${listId}-${entries[active].key}`}
              aria-autocomplete="list"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              enterKeyHint="go"
              dir="auto"
              maxLength={QUESTION_MAX}
              placeholder={t('placeholder')}
              value={typed}
              onChange={(event) => type(event.target.value)}
              onKeyDown={onKeyDown}
              className="h-14 min-w-0 flex-1 bg-transparent text-base placeholder:text-muted focus:outline-none"
            />
            <Dialog.Close asChild>
              <IconButton label={t('close')}>
                <X size={18} />
              </IconButton>
            </Dialog.Close>
          </div>
          <Suggestions typed={typed} suggested={suggested} onSuggest={suggest} />
          {hits.isError && settled && (
            <div className="px-5 pt-4 pb-3 text-sm">
              <p className="text-danger">{words(hits.error)}</p>
              {isOver(hits.error) && <TryAgain small className="mt-2" onClick={() => void hits.refetch()} />}
            </div>
          )}
          {hits.isPending && <p className="late px-5 pt-4 pb-3 text-sm text-muted">{t('searching')}</p>}
          {nothing && (
            <div className="px-5 pt-4 pb-3 text-sm text-muted">
              <p className="font-medium text-text">{t('nothing')}</p>
              <p className="mt-1">{t('nothingHint')}</p>
            </div>
          )}
          <Sections
            id={listId}
            label={t('results')}
            sections={sections}
            activeKey={entries[active]?.key ?? null}
            onChoose={choose}
            onReach={setActiveKey}
          />
          <p className="sr-only" aria-live="polite">
            {settled && question && hits.isSuccess ? t('count', { count: found.length }) : ''}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What may go better the next time; a question that is refused is refused again. */
const isOver = (error: unknown): boolean => (error as { status?: number }).status !== 400;
