import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#web/ui/button.tsx';
import { useModalFocus } from '#web/ui/focus.ts';

type EnlargedPictureProps = { title: string; onClose: () => void; children: ReactNode };

/** A picture over the page, as large as the window allows. Escape or a press beside it closes it; the focus returns. */
export function EnlargedPicture({ title, onClose, children }: EnlargedPictureProps) {
  const t = useTranslations('common');
  const focus = useModalFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          {...focus}
          className="fixed inset-3 z-40 flex animate-rise flex-col rounded-large border border-hairline bg-surface shadow-float focus:outline-none sm:inset-8"
        >
          <div className="flex shrink-0 items-center justify-between gap-2 py-2 pr-2 pl-5">
            <Dialog.Title className="truncate text-sm font-medium">{title}</Dialog.Title>
            <IconButton label={t('close')} onClick={onClose}>
              <X size={18} />
            </IconButton>
          </div>
          <div className="flex min-h-0 flex-1 overflow-auto p-4 pt-0 *:m-auto">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
