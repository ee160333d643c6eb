import { FetchedLayer, type Trigger } from '#web/ui/fetched-layer.tsx';
import type { ChatMenuProps } from './chat-menu-layer.tsx';

const fetchLayer = () => import('./chat-menu-layer.tsx');

/** A button with everything behind it that whoever is here may do to a chat. */
export function ChatMenu({ trigger, ...menu }: ChatMenuProps & { trigger: Trigger }) {
  return <FetchedLayer trigger={trigger} kind="menu" fetch={fetchLayer} give={menu} />;
}
