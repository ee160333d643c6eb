/** Short notes at the foot of the page; they go by themselves, and may offer one way back. */
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { create } from 'zustand';
import { IconButton } from './button.tsx';

/** Long enough to read and to take it back. */
const SHOWN_MS = 8000;

type Toast = { id: number; text: string; action?: { label: string; run: () => void } };
const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let lastId = 0;

/** Shows a note. */
export function toast(text: string, action?: Toast['action']): void {
  lastId++;
  const shown: Toast = { id: lastId, text, ...(action && { action }) };
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
      className="pointer-events-none absolute inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
    >
      {toasts.map((shown) => (
        <Note key={shown.id} shown={shown} />
      ))}
    </div>
  );
}

function Note({ shown }: { shown: Toast }) {
  const t = useTranslations('common');
  // It does not go from under somebody's hand.
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const stays = pointed || focused;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(shown.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays, shown.id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits, and does so for the keyboard as well
    <div
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className="pointer-events-auto flex max-w-full animate-rise items-center gap-1 rounded-medium border border-hairline bg-surface py-1 pr-1 pl-4 text-sm shadow-float"
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
