import { lazy } from 'react';
import { FetchedLayer } from './fetched-layer.tsx';
import type { PopoverProps } from './popover-layer.tsx';

const fetchLayer = () => import('./popover-layer.tsx');
const PopoverLayer = lazy(fetchLayer);

/** A small surface that hangs from a button. */
export function Popover(props: PopoverProps) {
  return (
    <FetchedLayer trigger={props.trigger} kind="dialog" fetch={fetchLayer}>
      <PopoverLayer {...props} />
    </FetchedLayer>
  );
}
