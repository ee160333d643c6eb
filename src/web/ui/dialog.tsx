import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './button.tsx';
import { cx } from './classes.ts';
import { useModalFocus } from './focus.ts';

type DialogProps = {
  title: string;
  /** A sentence under the title. */
  description?: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
};

/** A window over the page: focus stays in it, Escape closes it, focus returns where it was. */
export function Dialog({ title, description, onClose, children, wide = false }: DialogProps) {
  const t = useTranslations('common');
  const focus = useModalFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid animate-appear place-items-end overflow-y-auto bg-veil sm:place-items-center sm:p-6">
          <Radix.Content
            {...(description ? {} : { 'aria-describedby': undefined })}
            {...focus}
            className={cx(
              'relative w-full animate-rise rounded-t-large border border-hairline bg-surface p-5 shadow-float sm:rounded-large sm:p-6',
              'pb-[max(1.25rem,env(safe-area-inset-bottom))] focus:outline-none',
              wide ? 'sm:max-w-2xl' : 'sm:max-w-md',
            )}
          >
            <Radix.Title className="pr-10 text-lg font-semibold tracking-tight">{title}</Radix.Title>
            {description && (
              <Radix.Description className="mt-1 text-sm text-muted">{description}</Radix.Description>
            )}
            <div className="mt-5">{children}</div>
            <Radix.Close asChild>
              <IconButton label={t('close')} className="absolute top-3.5 right-3.5">
                <X size={18} />
              </IconButton>
            </Radix.Close>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
