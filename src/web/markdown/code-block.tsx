import { Download, WrapText } from 'lucide-react';
import { type ReactNode, type RefObject, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { drawScope } from './draw-scope.tsx';
import { PlainCode } from './plain-code.tsx';
import { useColours } from './use-colours.ts';

type CodeBlockProps = {
  code: string;
  language: string;
  growing: boolean;
  /** More that can be done with it, before the rest. */
  tools?: ReactNode;
  /** Stands in the place of the code. */
  children?: ReactNode;
  place?: RefObject<HTMLElement | null>;
};

/** Code with its language, colours, and ways to take it along. */
export function CodeBlock(props: CodeBlockProps) {
  const { code, language, growing, tools, children, place } = props;
  const t = useTranslations('code');
  const [wrap, setWrap] = useState(false);
  const { scope, rest } = useColours(code, language, growing);
  const coloured = useMemo(() => scope && drawScope(scope), [scope]);
  return (
    <figure ref={place} className="code-block group/code" dir="ltr">
      <figcaption>
        <span className="truncate">{language || t('plain')}</span>
        <span className="flex items-center">
          {tools}
          {!children && (
            <IconButton
              label={wrap ? t('unwrap') : t('wrap')}
              aria-pressed={wrap}
              small
              onClick={() => setWrap(!wrap)}
            >
              <WrapText size={15} />
            </IconButton>
          )}
          <IconButton label={t('download')} small onClick={() => download(code, language)}>
            <Download size={15} />
          </IconButton>
          <CopyButton text={code} label={t('copy')} />
        </span>
      </figcaption>
      {children ?? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre tabIndex={0} className={cx(wrap && 'wrap')}>
          <code>
            {coloured}
            <PlainCode code={rest} />
          </code>
        </pre>
      )}
    </figure>
  );
}

const ENDINGS: Record<string, string> = {
  javascript: 'js',
  typescript: 'ts',
  python: 'py',
  bash: 'sh',
  shell: 'sh',
  markdown: 'md',
  rust: 'rs',
  ruby: 'rb',
  csharp: 'cs',
  kotlin: 'kt',
};

function download(code: string, language: string): void {
  const known = /^[a-z0-9]{1,12}$/.test(language) ? (ENDINGS[language] ?? language) : 'txt';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([code], { type: 'text/plain' }));
  link.download = `code.${known}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
