import { ArrowUp, Square } from 'lucide-react';
import {
  type CompositionEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { useTranslations } from 'use-intl';
import { preloadMarkdown } from '#web/markdown/markdown.tsx';
import { usePreferences } from '#web/preferences.ts';
import { cx } from '#web/ui/classes.ts';

type ComposerProps = {
  ref: Ref<HTMLTextAreaElement>;
  draft: string;
  onDraft: (text: string) => void;
  /** While `generating`, what is sent waits for the reply's end, or stops it. */
  onSend: (text: string) => void;
  /** A reply in this chat waits or is being written: a button stops it. */
  generating: boolean;
  onStop: () => void;
  /** The arrow that leads up from an empty field. */
  onUp: () => void;
  disabled: boolean;
  /** Stands above the field: who is to answer. */
  children?: ReactNode;
};

/** Where messages are written: grows with its text, sends on Enter, and stops what runs. */
export function Composer({
  ref,
  draft,
  onDraft,
  onSend,
  generating,
  onStop,
  onUp,
  disabled,
  children,
}: ComposerProps) {
  const t = useTranslations('composer');
  const { sendKey, whileWriting } = usePreferences();
  const sendLabel = t(generating ? `writing.${whileWriting}` : 'send');
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => field.current!, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const box = field.current;
    if (!box || CSS.supports('field-sizing', 'content')) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }, [draft]);

  const written = draft.trim() !== '';
  useEffect(() => {
    // A reply comes soon: what draws it is to be there before its first word.
    if (written) preloadMarkdown();
  }, [written]);

  const ready = written && !disabled;
  const submit = () => {
    if (!ready) return;
    onDraft('');
    onSend(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word. Safari says so only by the key code.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowUp' && draft === '') {
      event.preventDefault();
      onUp();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    const modifier = event.ctrlKey || event.metaKey;
    const touch = matchMedia('(pointer: coarse)').matches;
    if (modifier || (sendKey === 'enter' && !touch && !event.altKey)) {
      event.preventDefault();
      submit();
    }
  };
  // Read by what is offered for a text, which may be there only later.
  const mark = ({ type, currentTarget }: CompositionEvent) =>
    currentTarget.toggleAttribute('data-composing', type === 'compositionstart');
  return (
    <div className="mx-auto w-full max-w-(--measure) px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-4">
      <form
        className={cx(
          'relative flex flex-wrap items-end justify-end gap-2 rounded-large border border-outline/60 bg-surface p-2 pl-4 transition-colors',
          'focus-within:border-accent',
        )}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {children}
        <textarea
          ref={field}
          dir="auto"
          rows={1}
          value={draft}
          disabled={disabled}
          onChange={(event) => onDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onCompositionStart={mark}
          onCompositionEnd={mark}
          aria-label={t('label')}
          placeholder={t('placeholder')}
          data-composer=""
          enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
          className="field-sizing-content max-h-[40vh] min-h-9 min-w-[min(100%,8rem)] flex-1 resize-none bg-transparent py-1.5 leading-6 outline-none placeholder:text-muted touch:min-h-11 touch:py-2.5"
        />
        {generating && (
          <button
            type="button"
            aria-label={t('stop')}
            title={t('stop')}
            onClick={onStop}
            className="grid size-9 shrink-0 place-items-center rounded-full bg-text text-canvas transition-opacity hover:opacity-85 touch:size-11"
          >
            <Square size={13} fill="currentColor" />
          </button>
        )}
        {(!generating || ready) && (
          <button
            type="submit"
            aria-label={sendLabel}
            title={sendLabel}
            disabled={!ready}
            className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-strong disabled:bg-active disabled:text-muted touch:size-11"
          >
            <ArrowUp size={18} strokeWidth={2.25} />
          </button>
        )}
      </form>
    </div>
  );
}
