import { lazy, type ReactElement, type ReactNode } from 'react';
import { FetchedLayer } from './fetched-layer.tsx';

const fetchLayer = () => import('./menu-layer.tsx');
const MenuLayer = lazy(fetchLayer);

/** A line to choose, or a line between groups. */
export type MenuEntry =
  | { icon: ReactNode; label: string; run: () => void; danger?: boolean }
  | 'line'
  | { note: string };

export type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
};

/** A menu that hangs from a button. */
export function Menu(props: MenuProps) {
  return (
    <FetchedLayer trigger={props.trigger} kind="menu" fetch={fetchLayer}>
      <MenuLayer {...props} />
    </FetchedLayer>
  );
}
