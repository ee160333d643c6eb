import { useTranslations } from 'use-intl';
import { Dialog } from '#web/ui/dialog.tsx';
import { SHORTCUTS } from './shortcuts.ts';

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

/** All keys that do something, in one list. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shortcuts');
  const rows: { words: string; keys: string[] }[] = [
    ...SHORTCUTS.map(({ id, key, shift, bare }) => ({
      words: t(id),
      keys: [...(bare ? [] : [MODIFIER]), ...(shift ? ['Shift'] : []), key],
    })),
    { words: t('send'), keys: ['Enter'] },
    { words: t('newLine'), keys: ['Shift', 'Enter'] },
    { words: t('editLast'), keys: ['↑'] },
    { words: t('stop'), keys: ['Esc'] },
    { words: t('commands'), keys: ['/'] },
    { words: t('call'), keys: ['@'] },
    { words: t('rerun'), keys: [MODIFIER, 'Enter'] },
    { words: t('cancel'), keys: ['Esc'] },
  ];
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <dl className="flex flex-col">
        {rows.map(({ words, keys }) => (
          <div
            key={words}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-hairline py-2 last:border-0"
          >
            <dt className="text-sm">{words}</dt>
            <dd className="flex flex-wrap gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="rounded-small border border-hairline bg-hover px-1.5 py-0.5 font-sans text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
