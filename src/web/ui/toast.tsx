/** Short notes at the foot of the page, or at its head; they go by themselves, and may offer one way back. */
import { X } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { create } from 'zustand';
import { IconButton } from './button.tsx';
import { cx } from './classes.ts';

/** Long enough to read and to take it back. */
const SHOWN_MS = 8000;

type Toast = {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
  /** Nobody has asked for it: it stands at the head of the page, and covers nothing that is being written. */
  news?: boolean;
};
const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let lastId = 0;

/** Shows a note. */
export function toast(text: string, action?: Toast['action'], news = false): void {
  lastId++;
  const shown: Toast = { id: lastId, text, news, ...(action && { action }) };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), shown] }));
}

const dismiss = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.id !== id) }));

/** At the foot of what is positioned around it: the column of the page, or the whole of it where there is no list beside it. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div
      role="status"
      data-passing=""
      className="pointer-events-none absolute inset-0 z-50 flex flex-col items-center gap-2 overflow-hidden p-4 pt-[calc(var(--header-height)+0.5rem)] pb-[max(1rem,env(safe-area-inset-bottom))]"
    >
      <span className="order-1 flex-1" />
      {toasts.map((shown) => (
        <Note key={shown.id} shown={shown} />
      ))}
    </div>
  );
}

function Note({ shown }: { shown: Toast }) {
  const t = useTranslations('common');
  const stay = useStay(shown.id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits, and does so for the keyboard as well
    <div
      onPointerEnter={() => stay('pointer', true)}
      onPointerLeave={() => stay('pointer', false)}
      onFocus={() => stay('focus', true)}
      onBlur={() => stay('focus', false)}
      className={cx(
        !shown.news && 'order-2',
        'pointer-events-auto flex max-w-full animate-rise items-center gap-1 rounded-medium border border-hairline bg-surface py-1 pr-1 pl-4 text-sm shadow-float',
      )}
    >
      <span className="min-w-0 py-1 text-pretty wrap-anywhere">{shown.text}</span>
      {shown.action && (
        <button
          type="button"
          className="ml-2 h-8 rounded-small px-2.5 font-medium text-accent hover:bg-hover touch:h-11"
          onClick={() => {
            shown.action?.run();
            dismiss(shown.id);
          }}
        >
          {shown.action.label}
        </button>
      )}
      <IconButton label={t('close')} small onClick={() => dismiss(shown.id)}>
        <X size={16} />
      </IconButton>
    </div>
  );
}

/**
 * Dismisses a note after a while, but not from under somebody's hand: the answered function says what holds on to it. That counts
 * from the event itself on; by the time React has drawn it, the note may be gone.
 */
function useStay(id: number): (hold: 'pointer' | 'focus', on: boolean) => void {
  const holds = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const count = useCallback(() => {
    clearTimeout(timer.current);
    if (holds.current.size === 0) timer.current = setTimeout(() => dismiss(id), SHOWN_MS);
  }, [id]);
  useEffect(() => {
    count();
    return () => clearTimeout(timer.current);
  }, [count]);
  return (hold, on) => {
    if (on) holds.current.add(hold);
    else holds.current.delete(hold);
    count();
  };
}
