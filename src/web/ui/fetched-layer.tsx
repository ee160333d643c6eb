import {
  type ComponentProps,
  type ComponentType,
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';
import { isAway } from '#web/fetch-file.ts';
import { toast } from './toast.tsx';

/** A button that does nothing but open its layer: it has no handlers of its own. */
export type Trigger = ReactElement<ComponentProps<'button'>>;

/** What every layer is given beside its own: the button that opens it, and whether that was done by keys. */
export type LayerProps = { trigger: Trigger; byKeys: boolean };

type FetchedLayerProps<Own extends object> = {
  trigger: Trigger;
  kind: 'menu' | 'dialog';
  /** Fetches what draws the layer, open, with the same button; asked more than once. */
  fetch: () => Promise<{ default: ComponentType<Own & LayerProps> }>;
  /** What the layer is given. */
  give: Own;
};

/**
 * A button whose layer is fetched when it is first reached for, so that the page begins without it. It is awaited here and not by
 * `lazy`: React holds back what a fallback gives way to for 300 ms, even where all is there.
 */
export function FetchedLayer<Own extends object>({ trigger, kind, fetch, give }: FetchedLayerProps<Own>) {
  // Swapped on a click only: on hover, the swap could come between a press and its click.
  const [opened, setOpened] = useState<{ Layer: ComponentType<Own & LayerProps>; byKeys: boolean } | null>(
    null,
  );
  const t = useTranslations('refusals');
  const open = (byKeys: boolean) => {
    if (isAway()) return void toast(t('offline'));
    fetch().then(
      ({ default: Layer }) => setOpened({ Layer, byKeys }),
      // For the error boundary: what cannot be fetched is most often of an older page.
      (error) =>
        setOpened(() => {
          throw error;
        }),
    );
  };
  const reach = () => isAway() || fetch().catch(() => {});
  const onKeyDown = (event: KeyboardEvent) => {
    if (kind !== 'menu' || event.key !== 'ArrowDown') return;
    event.preventDefault();
    open(true);
  };
  if (opened) return <opened.Layer {...give} trigger={trigger} byKeys={opened.byKeys} />;
  return cloneElement(trigger, {
    'aria-haspopup': kind,
    'aria-expanded': false,
    onPointerEnter: reach,
    onTouchStart: reach,
    onFocus: reach,
    onKeyDown,
    // A click that no pointer made has no count.
    onClick: ({ detail }) => open(detail === 0),
  });
}
