import { ArrowLeftRight } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { MENU_SURFACE } from '#web/ui/menu.tsx';
import { ModelOptions } from './model-options.tsx';

/** Has a message answered by another model. */
export function ModelMenu({ current, onChoose }: { current: string | null; onChoose: (id: string) => void }) {
  const t = useTranslations('models');
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button small look="quiet">
          <ArrowLeftRight size={15} aria-hidden />
          {t('change')}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className={cx(MENU_SURFACE, 'w-80 max-w-[calc(100vw-1rem)] !p-0')}
        >
          <ModelOptions
            current={current}
            onChoose={(id) => {
              setOpen(false);
              onChoose(id);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
