import { Dialog } from 'radix-ui';
import { useTranslations } from 'use-intl';
import { setDrawer } from '#web/ui/windows.ts';
import { Sidebar } from './sidebar.tsx';

/** The list of chats over the page, on narrow screens. */
export default function Drawer({ currentId }: { currentId: string | null }) {
  const t = useTranslations('shell');
  return (
    <Dialog.Root open onOpenChange={setDrawer}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 animate-slide-in shadow-float focus:outline-none"
        >
          <Dialog.Title className="sr-only">{t('list')}</Dialog.Title>
          <Sidebar currentId={currentId} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
