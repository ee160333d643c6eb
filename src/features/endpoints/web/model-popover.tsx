import { FetchedLayer, type Trigger } from '#web/ui/fetched-layer.tsx';
import type { ModelLayerProps } from './model-layer.tsx';

const fetchLayer = () => import('./model-layer.tsx');

/** A button with the list of models behind it. */
export function ModelPopover({ trigger, ...layer }: ModelLayerProps & { trigger: Trigger }) {
  return <FetchedLayer trigger={trigger} kind="dialog" fetch={fetchLayer} give={layer} />;
}
