import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Chat } from '#features/chats/chats.ts';
import { cx } from '#web/ui/classes.ts';
import { MENU_SURFACE } from '#web/ui/menu.tsx';
import { useChosenModel } from './chosen-model.ts';
import { HealthDot, ModelOptions } from './model-options.tsx';

/** Shows which model answers next, and lets another one be chosen. */
export function ModelPicker({ chatId, chat }: { chatId: string | null; chat: Chat | null }) {
  const t = useTranslations('models');
  const [open, setOpen] = useState(false);
  const [model, choose] = useChosenModel(chatId, chat);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={model ? t('current', { name: model.name }) : t('choose')}
        className="flex h-9 max-w-[46vw] items-center gap-2 rounded-medium px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-text data-[state=open]:bg-hover sm:max-w-72 touch:h-11"
      >
        {model && <HealthDot health={model.health} />}
        <span className="truncate">{model ? model.name : t('choose')}</span>
        <ChevronDown size={16} className="shrink-0" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className={cx(MENU_SURFACE, 'w-80 max-w-[calc(100vw-1rem)] !p-0')}
        >
          <ModelOptions
            current={model?.id ?? null}
            onChoose={(id) => {
              choose(id);
              setOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
