import { useTranslations } from 'use-intl';
import { Reasoning } from '#features/generations/web/index.ts';
import { reasoningOf, textOf } from '#features/messages/rules.ts';
import { Markdown } from '#web/markdown/markdown.tsx';
import { cx } from '#web/ui/classes.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import type { SharedMessage } from '../sharing.ts';

type SharedLineProps = {
  message: SharedMessage;
  /** One of the first ones, which are drawn before all else. */
  near: boolean;
};

/** One message of a copy, as it stands in a chat: what a person said in a bubble, what a model answered on the page. */
export function SharedLine({ message: { role, content }, near }: SharedLineProps) {
  const t = useTranslations('shared');
  const text = textOf(content);
  const reasoning = reasoningOf(content);
  if (role === 'user')
    return (
      <article
        data-role="user"
        className={cx('message flex flex-col items-end pt-4 pb-5', near && 'at-once')}
      >
        <h2 className="sr-only">{t('asked')}</h2>
        <div
          dir="auto"
          className="max-w-[85%] rounded-large rounded-br-small bg-bubble px-4 py-2.5 leading-[1.6] break-words whitespace-pre-wrap [unicode-bidi:plaintext]"
        >
          {text}
        </div>
      </article>
    );
  return (
    <article data-role="assistant" className={cx('message pb-4', near && 'at-once')}>
      <h2 className="sr-only">{t('answered')}</h2>
      {reasoning !== '' && <Reasoning text={reasoning} growing={false} from={null} tookMs={null} />}
      <Markdown text={text} growing={false} near={near} />
      <CopyButton text={text} className="mt-1 -ml-1.5" />
    </article>
  );
}
