/** A model's Markdown on the page. Its renderer is fetched when it is needed. */
import { lazy, memo, Suspense, useState } from 'react';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';
import type { MarkdownTextProps } from './markdown-text.tsx';
import { Unseen } from './unseen.tsx';

const fetchText = () => import('./markdown-text.tsx');
const MarkdownText = lazy(fetchText);

/** Without its renderer a text is shown up to here: laying out more at once would hold the page up. */
const LONGEST_PLAIN = 20_000;

/** `growing`: more of the text is to come; `near`: it is what one came for, and drawn before all else. */
export const Markdown = memo(function Markdown(props: MarkdownTextProps) {
  const { text, growing } = props;
  // Text that came in before our eyes is shown as it is until its renderer is there; stored text waits for it.
  const [watched] = useState(growing);
  const plain = <p className="whitespace-pre-wrap">{text.slice(0, LONGEST_PLAIN)}</p>;
  return (
    <div className={growing ? 'markdown growing' : 'markdown'}>
      <ErrorBoundary fallback={() => plain}>
        <Suspense fallback={watched ? plain : <Unseen text={text} />}>
          <MarkdownText {...props} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
});

/** Fetches the renderer, and starts its worker, before they are needed. */
export const preloadMarkdown = (): void =>
  void fetchText().then(
    ({ warmUp }) => warmUp(),
    () => {},
  );
