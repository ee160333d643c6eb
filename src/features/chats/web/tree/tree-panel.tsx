/** An overview of everything that was said in a chat, on every branch, to go to by a click. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { TreeNode } from '#features/messages/messages.ts';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { toast } from '#web/ui/toast.tsx';
import { keys } from '../chat-cache.ts';
import { useChat } from '../use-chats.ts';
import { useFollowedChat } from '../use-followed-chat.ts';
import { readBranch, showBranch } from './tree-actions.ts';
import { TreeList } from './tree-list.tsx';
import { toRows } from './tree-rows.ts';

export default function TreePanel({ subject, onClose }: { subject: string; onClose: () => void }) {
  const t = useTranslations('tree');
  const words = useErrorWords();
  useFollowedChat(onClose);
  const { data: chat } = useChat(subject, true);
  const tree = useQuery({
    queryKey: keys.tree(subject),
    queryFn: ({ signal }) =>
      api<{ nodes: TreeNode[] }>('GET', `/api/v1/chats/${subject}/tree`, undefined, signal),
  });
  const leaf = chat?.leafMessageId ?? null;
  const rows = useMemo(() => toRows(tree.data?.nodes ?? [], leaf), [tree.data, leaf]);
  const goTo = async (id: string, shown: boolean) => {
    try {
      await (shown ? readBranch(subject, id) : showBranch(subject, id));
    } catch (error) {
      return toast(words(error));
    }
    requestAnimationFrame(() =>
      document.querySelector(`[data-message="${id}"]`)?.scrollIntoView({ block: 'center' }),
    );
  };
  return (
    <Panel title={t('title')} description={t('description')} onClose={onClose}>
      {tree.isPending && <Skeleton lines={6} className="h-7" />}
      {tree.isError && <Failed onRetry={() => void tree.refetch()}>{t('failed')}</Failed>}
      {rows.length > 0 && (
        <TreeList key={subject} rows={rows} leaf={leaf} onChoose={(id, shown) => void goTo(id, shown)} />
      )}
    </Panel>
  );
}
