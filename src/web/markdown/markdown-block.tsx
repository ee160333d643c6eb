import { createContext, memo, type ReactNode, useContext } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import { harden } from 'rehype-harden';
import remarkGfm from 'remark-gfm';
import { useTranslations } from 'use-intl';
import { CodeBlock } from './code-block.tsx';
import { RemoteImage } from './remote-image.tsx';

/** Above this, parsing could hold the page up: the text is shown as it is. */
const LONGEST_PARSED = 100_000;

/** Whether more of this block is to come. A context, so that the components below keep their identity. */
const Growing = createContext(false);

const components: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ src, alt }) => <RemoteImage src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
  table: ({ children }) => <ScrollingTable>{children}</ScrollingTable>,
  input: ({ checked }) => <input type="checkbox" checked={checked} disabled readOnly />,
  pre: ({ node }) => <Pre {...codeOf(node)} />,
};

// Links may go anywhere on the web and nowhere else; pictures are asked for by `RemoteImage`, after a click.
const HARDEN = {
  defaultOrigin: 'https://parley.invalid',
  allowedLinkPrefixes: ['*'],
  allowedImagePrefixes: ['*'],
  linkBlockPolicy: 'text-only',
  imageBlockPolicy: 'text-only',
} as const;

/** One block of Markdown. `growing`: more is to come. */
const MarkdownBlock = memo(function MarkdownBlock({ text, growing }: { text: string; growing: boolean }) {
  if (text.length > LONGEST_PARSED) return <pre className="plain">{text}</pre>;
  return (
    <Growing value={growing}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[[harden, HARDEN]]} components={components}>
        {text}
      </ReactMarkdown>
    </Growing>
  );
});
export default MarkdownBlock;

function Pre({ code, language }: { code: string; language: string }) {
  return <CodeBlock code={code} language={language} growing={useContext(Growing)} />;
}

function ScrollingTable({ children }: { children: ReactNode }) {
  const t = useTranslations('markdown');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={t('table')}>
      <table>{children}</table>
    </section>
  );
}

type HastNode = {
  value?: string;
  properties?: { className?: unknown };
  children?: readonly HastNode[];
};

/** The text and language of a `<pre><code class="language-x">`. */
function codeOf(node: unknown): { code: string; language: string } {
  const code = (node as HastNode | undefined)?.children?.[0];
  const names = Array.isArray(code?.properties?.className) ? code.properties.className.map(String) : [];
  const language = names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? '';
  const text = (code?.children ?? []).map((child) => child.value ?? '').join('');
  return { code: text.replace(/\n$/, ''), language };
}
