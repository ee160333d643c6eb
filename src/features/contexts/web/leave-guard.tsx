/** Asks before a page with an unsaved text is left, by a link or by closing the tab. By any other way its draft waits in the tab. */
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { basePath } from '#web/base-path.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';

type LeaveGuardProps = {
  onLeave: () => void;
  /** What is not saved, where that is no text of instructions. */
  text?: string;
};

export function LeaveGuard({ onLeave, text }: LeaveGuardProps) {
  const t = useTranslations('instructions');
  const [here, navigate] = useLocation();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = (event.target as Element | null)?.closest?.<HTMLAnchorElement>('a[href]');
      if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
      const path = link.pathname.slice(basePath.length) || '/';
      if (path === here) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(path + link.search);
    };
    addEventListener('beforeunload', onUnload);
    addEventListener('click', onClick, { capture: true });
    return () => {
      removeEventListener('beforeunload', onUnload);
      removeEventListener('click', onClick, { capture: true });
    };
  }, [here]);
  if (target === null) return null;
  const leave = () => {
    onLeave();
    navigate(target);
  };
  return (
    <Dialog title={t('leaveTitle')} description={text ?? t('leaveText')} onClose={() => setTarget(null)}>
      <DialogFooter
        danger
        action={t('leave')}
        onAction={leave}
        cancel={t('stay')}
        onCancel={() => setTarget(null)}
      />
    </Dialog>
  );
}
