/** What stands at the right of a page: beside it where there is room, as a sheet over it elsewhere. */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { usePreferences } from '#web/preferences.ts';
import { useMedia } from '#web/theme/theme.ts';
import { IconButton } from './button.tsx';
import { focusFirstField, useFocusBack, useModalFocus } from './focus.ts';
import { PanelEdge } from './panel-edge.tsx';

type PanelProps = {
  title: string;
  /** A sentence under the title. */
  description?: string;
  onClose: () => void;
  children: ReactNode;
};

export function Panel(props: PanelProps) {
  return useMedia('(min-width: 64rem)') ? <Beside {...props} /> : <Sheet {...props} />;
}

/** Pushes the page aside. The focus goes in when it opens; Escape inside closes it and gives the focus back. */
function Beside({ title, description, onClose, children }: PanelProps) {
  const width = usePreferences((preferences) => preferences.panelWidth);
  const box = useRef<HTMLElement>(null);
  const giveFocusBack = useFocusBack();
  useLayoutEffect(() => {
    const opened = box.current!;
    focusFirstField(opened);
    return () => {
      if (opened.contains(document.activeElement)) giveFocusBack();
    };
  }, [giveFocusBack]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.shiftKey || event.nativeEvent.isComposing) return;
    // Elsewhere on the page the key stops a reply.
    event.preventDefault();
    onClose();
  };
  return (
    <aside
      ref={box}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      style={{ width }}
      className="relative flex h-full max-w-[45vw] shrink-0 animate-appear flex-col border-l border-hairline bg-sidebar focus:outline-none"
    >
      <PanelEdge />
      <Head title={<h2 className={TITLE}>{title}</h2>} onClose={onClose} />
      <Body>
        {description && <p className="text-sm text-pretty text-muted">{description}</p>}
        {children}
      </Body>
    </aside>
  );
}

function Sheet({ title, description, onClose, children }: PanelProps) {
  const focus = useModalFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          {...focus}
          className="fixed inset-y-0 right-0 z-40 flex w-full animate-slide-in-right flex-col bg-sidebar pt-[env(safe-area-inset-top)] shadow-float focus:outline-none sm:w-104 sm:border-l sm:border-hairline"
        >
          <Head title={<Dialog.Title className={TITLE}>{title}</Dialog.Title>} onClose={onClose} />
          <Body>
            {description && (
              <Dialog.Description className="text-sm text-pretty text-muted">
                {description}
              </Dialog.Description>
            )}
            {children}
          </Body>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const TITLE = 'min-w-0 flex-1 truncate text-row font-semibold tracking-tight';

function Head({ title, onClose }: { title: ReactNode; onClose: () => void }) {
  const t = useTranslations('common');
  return (
    <div className="flex h-(--header-height) shrink-0 items-center gap-2 pr-2 pl-5">
      {title}
      <IconButton label={t('close')} onClick={onClose}>
        <X size={18} />
      </IconButton>
    </div>
  );
}

function Body({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 pt-1 pb-[max(1.25rem,env(safe-area-inset-bottom))]">
      {children}
    </div>
  );
}
