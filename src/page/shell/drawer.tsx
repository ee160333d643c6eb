import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { focusPage, isFocusLost, useFocusBack } from '#web/ui/focus.ts';
import { setDrawer } from '#web/ui/windows.ts';
import { Sidebar } from './sidebar.tsx';

/** The list of chats over the page, on narrow screens. */
export default function Drawer({ currentId }: { currentId: string | null }) {
  const t = useTranslations('shell');
  const giveFocusBack = useFocusBack();
  const [opened] = useState(location.href);
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault();
    if (!isFocusLost()) return;
    if (location.href === opened) giveFocusBack();
    else focusPage();
  };
  return (
    <Dialog.Root open onOpenChange={setDrawer}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-y-0 left-0 z-40 animate-slide-in shadow-float focus:outline-none"
        >
          <Dialog.Title className="sr-only">{t('list')}</Dialog.Title>
          <Sidebar currentId={currentId} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
