import type { ReactElement } from 'react';
import { FetchedLayer } from './fetched-layer.tsx';
import type { PopoverProps } from './popover-layer.tsx';

const fetchLayer = () => import('./popover-layer.tsx');

/** A small surface that hangs from a button. */
export function Popover({ trigger, ...popover }: PopoverProps & { trigger: ReactElement }) {
  return <FetchedLayer trigger={trigger} kind="dialog" fetch={fetchLayer} give={popover} />;
}
