import { FetchedLayer, type Trigger } from './fetched-layer.tsx';
import type { MenuProps } from './menu-layer.tsx';

export type { MenuEntry } from './menu-layer.tsx';

const fetchLayer = () => import('./menu-layer.tsx');

/** A menu that hangs from a button. */
export function Menu({ trigger, ...menu }: MenuProps & { trigger: Trigger }) {
  return <FetchedLayer trigger={trigger} kind="menu" fetch={fetchLayer} give={menu} />;
}
