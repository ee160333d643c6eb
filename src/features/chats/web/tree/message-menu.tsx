import { Copy, Eye, EyeOff, GitFork, Pencil, TextSelect, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import MenuLayer, { type MenuEntry } from '#web/ui/menu-layer.tsx';
import { toast } from '#web/ui/toast.tsx';
import { copyText } from '#web/ui/use-copy.ts';
import { openWindow } from '#web/ui/windows.ts';
import { startEditing } from './editing.ts';
import { deleteMessage, exclude, fork, restoreMessage } from './tree-actions.ts';

type MessageMenuProps = LayerProps & {
  message: Message;
  /** Whoever is here may change nothing. */
  reads: boolean;
  /** It was pressed for long: the menu has what stands in its toolbar, too. */
  pressed?: boolean;
  onClosed?: () => void;
};

/** Everything that can be done to a message. */
export default function MessageMenu({ message, reads, pressed = false, ...layer }: MessageMenuProps) {
  const t = useTranslations('tools');
  const common = useTranslations('common');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const orSay = (work: Promise<void>) => void work.catch((error) => toast(words(error)));
  const remove = async () => {
    await deleteMessage(message);
    toast(t('deleted'), { label: t('undo'), run: () => orSay(restoreMessage(message)) });
  };
  const { excluded } = message;
  const toFork: MenuEntry = {
    icon: <GitFork size={16} />,
    label: t('fork'),
    run: () => orSay(fork(message).then(({ id }) => navigate(`/c/${id}`))),
  };
  const toText: MenuEntry = {
    icon: <TextSelect size={16} />,
    label: t('raw'),
    run: () => openWindow('raw-text', message.id),
  };
  const toCopy: MenuEntry = {
    icon: <Copy size={16} />,
    label: common('copy'),
    run: () => void copyText(textOf(message.content)),
  };
  const always = pressed ? [toCopy, toText, toFork] : [toFork, toText];
  const all: MenuEntry[] = [
    {
      icon: <Pencil size={16} />,
      label: message.role === 'user' ? t('edit') : t('rewrite'),
      run: () => startEditing(message.id),
    },
    {
      icon: excluded ? <Eye size={16} /> : <EyeOff size={16} />,
      label: excluded ? t('takeIn') : t('leaveOut'),
      run: () => orSay(exclude(message, !excluded)),
    },
    ...always,
    'line',
    { icon: <Trash2 size={16} />, label: t('delete'), run: () => orSay(remove()), danger: true },
  ];
  return (
    <MenuLayer {...layer} entries={reads ? always : all} align={message.role === 'user' ? 'end' : 'start'} />
  );
}
