import { lazy } from 'react';
import { FetchedLayer } from './fetched-layer.tsx';
import type { MenuProps } from './menu-layer.tsx';

export type { MenuEntry } from './menu-layer.tsx';

const fetchLayer = () => import('./menu-layer.tsx');
const MenuLayer = lazy(fetchLayer);

/** A menu that hangs from a button. */
export function Menu(props: MenuProps) {
  return (
    <FetchedLayer trigger={props.trigger} kind="menu" fetch={fetchLayer}>
      <MenuLayer {...props} />
    </FetchedLayer>
  );
}
