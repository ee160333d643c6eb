/** A model's Markdown on the page. Its renderer is fetched when it is needed. */
import { type ComponentType, memo, Suspense, useState } from 'react';
import { lazyFile } from '#web/fetch-file.ts';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';
import type { MarkdownTextProps } from './markdown-text.tsx';
import { Unseen } from './unseen.tsx';

const fetchText = () => import('./markdown-text.tsx');
const LazyText = lazyFile(fetchText);
/** Once fetched: the first growing text is drawn by it at once. What is lazy would give way to its fallback, even then. */
let FetchedText: ComponentType<MarkdownTextProps> | null = null;

/** Of a text whose renderer is still to come so much is shown: laying out more could hold the page up. */
const MOST_PLAIN = 2000;

/** `growing`: more of the text is to come; `near`: it is what one came for, and drawn before all else. */
export const Markdown = memo(function Markdown(props: Omit<MarkdownTextProps, 'watched'>) {
  const { text, growing } = props;
  // Text that came in before our eyes is shown as it is until its renderer is there; stored text waits for it.
  const [watched] = useState(growing);
  const [MarkdownText] = useState(() => (growing && FetchedText) || LazyText);
  const plain = (most: number) => <p className="whitespace-pre-wrap">{text.slice(0, most)}</p>;
  return (
    <div className={growing ? 'markdown growing' : 'markdown'}>
      <ErrorBoundary fallback={() => plain(text.length)}>
        <Suspense fallback={watched ? plain(MOST_PLAIN) : <Unseen text={text} />}>
          <MarkdownText {...props} watched={watched} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
});

/** Fetches the renderer, and starts its worker, before they are needed. */
export const preloadMarkdown = (): void =>
  void fetchText().then(
    ({ default: MarkdownText, warmUp }) => {
      FetchedText = MarkdownText;
      warmUp();
    },
    () => {},
  );
