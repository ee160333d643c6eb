/** Parts of the page that are fetched when they are first shown, with their words around them. */
import { type ComponentType, type ReactNode, Suspense, use, useMemo } from 'react';
import { IntlProvider, type Messages, useLocale, useMessages, useTimeZone } from 'use-intl';
import { fetchFile } from '#web/fetch-file.ts';
import { fetchWords, type LaterWords, mergeWords, type Words } from './words.ts';

type Module<Props> = { default: ComponentType<Props> };
/** A page, window or panel that is not in the first load. */
export type Part<Props> = { fetch: () => Promise<Module<Props>>; words: readonly LaterWords[] };

const modules = new Map<unknown, unknown>();

/** The same promise each time, as React's `use` asks for. */
function fetchModule<Props>({ fetch }: Part<Props>): Promise<Module<Props>> {
  const going = (modules.get(fetch) as Promise<Module<Props>> | undefined) ?? fetchFile(fetch);
  modules.set(fetch, going);
  return going;
}

/** Shows a part with what is given to it; suspends until the part and its words are there, which are fetched side by side. */
export function FetchedPart<Props extends object>({ part, give }: { part: Part<Props>; give: Props }) {
  const language = useLocale();
  const fetching = part.words.map((words) => fetchWords(words, language));
  const { default: Shown } = use(fetchModule(part));
  return (
    <Worded words={fetching}>
      <Shown {...give} />
    </Worded>
  );
}

/** The same in the midst of what is there already: nothing, or `instead`, stands for it until it has come. */
export const LaterPart = <Props extends object>({
  instead,
  ...props
}: {
  part: Part<Props>;
  give: Props;
  instead?: ReactNode;
}) => (
  <Suspense fallback={instead}>
    <FetchedPart {...props} />
  </Suspense>
);

function Worded({ words, children }: { words: readonly Promise<Words>[]; children: ReactNode }) {
  const locale = useLocale();
  const below = useMessages();
  const timeZone = useTimeZone();
  const own = words.map((promise) => use(promise));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a part has as many words each time, and they are the same objects
  const messages = useMemo(() => mergeWords([below as Words, ...own]) as Messages, [below, ...own]);
  return (
    <IntlProvider locale={locale} messages={messages} {...(timeZone && { timeZone })}>
      {children}
    </IntlProvider>
  );
}
