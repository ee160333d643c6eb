import { useEffect } from 'react';

let shown = 'Parley';
let mark = '';
const draw = () => {
  document.title = mark + shown;
};

/** Names what is shown on the browser's tab; every page does, so that none keeps the name of the last one. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    shown = title ? `${title} · Parley` : 'Parley';
    draw();
  }, [title]);
}

/** Puts a dot before the name on the tab, or takes it away: there is something new elsewhere. */
export function markTitle(on: boolean): void {
  mark = on ? '● ' : '';
  draw();
}
