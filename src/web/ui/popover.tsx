import { lazy, type ReactElement, type ReactNode } from 'react';
import { FetchedLayer } from './fetched-layer.tsx';

const fetchLayer = () => import('./popover-layer.tsx');
const PopoverLayer = lazy(fetchLayer);

export type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  /** What is on it; `close` puts it away. */
  children: (close: () => void) => ReactNode;
  align?: 'start' | 'end';
  className?: string;
};

/** A small surface that hangs from a button. */
export function Popover(props: PopoverProps) {
  return (
    <FetchedLayer trigger={props.trigger} kind="dialog" fetch={fetchLayer}>
      <PopoverLayer {...props} />
    </FetchedLayer>
  );
}
