import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Bulk, BulkDone } from '../../order.ts';
import { refreshChats, refreshMessages, refreshTags } from '../chat-cache.ts';
import { bulkFilter, type Filters } from './filters.ts';
import { clearSelection, useSelection } from './selection.ts';

export type BulkDeed = Pick<Bulk, 'action' | 'tag' | 'projectId'>;

/** Does something to all that is selected, with a note that leads back; throws what the server refuses. */
export function useBulk(filters: Filters): (deed: BulkDeed) => Promise<void> {
  const t = useTranslations('bulk');
  const words = useErrorWords();
  const undo = async (token: string) => {
    try {
      await api('POST', '/api/v1/undo', { undo: token });
    } catch (error) {
      toast(words(error));
    }
    await refresh();
  };
  return async (deed) => {
    const { ids, all } = useSelection.getState();
    const which = all ? { filter: bulkFilter(filters) } : { ids: [...ids] };
    const done = await api<BulkDone>('POST', '/api/v1/chats/bulk', { ...which, ...deed });
    clearSelection();
    await refresh();
    const text = t(`done.${deed.action}`, { count: done.count });
    toast(text, done.count > 0 ? { label: t('undo'), run: () => void undo(done.undo) } : undefined);
  };
}

/** What other tabs hear of is read here at once. */
const refresh = (): Promise<unknown> => Promise.all([refreshChats(), refreshMessages(), refreshTags()]);
