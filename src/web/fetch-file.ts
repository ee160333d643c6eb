/** Fetches the files of the page that its first load leaves out, over a line that comes and goes. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { useLiveStatus } from './live/live-status.ts';

const PAUSE_MS = 1000;

type Fetch<T> = () => Promise<T>;
type Module<Props> = { default: ComponentType<Props> };

/** Whether there is no line to the server, as far as is known. */
export const isAway = () => !navigator.onLine || useLiveStatus.getState().status === 'offline';

/** Whether the server answers for its files. The address is read against the page's `<base>`. */
const isServed = (): Promise<boolean> =>
  fetch('favicon.svg', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

async function whenServed(): Promise<void> {
  while (!(await isServed())) await new Promise((go) => setTimeout(go, PAUSE_MS));
}

/**
 * Awaits a dynamic import once there is a line to the server, and does not ask before: Chromium keeps a failed import for as long as
 * the page lives (whatwg/html#6768). Rejects where it fails although the server answers: most often a newer Parley is served by now.
 */
export async function fetchFile<T>(fetch: Fetch<T>): Promise<T> {
  if (isAway()) await whenServed();
  return fetch().catch(() => whenServed().then(fetch));
}

/** React's `lazy`, by `fetchFile`: without a line, its fallback stays. */
export const lazyFile = <Props extends object>(
  fetch: Fetch<Module<Props>>,
): LazyExoticComponent<ComponentType<Props>> => lazy(() => fetchFile(fetch));

/** The same for what the page can do without: where it cannot be fetched, there is nothing. */
export const lazyExtra = <Props extends object>(
  fetch: Fetch<Module<Props>>,
): LazyExoticComponent<ComponentType<Props>> =>
  lazy(() => fetchFile(fetch).catch(() => ({ default: () => null })));
