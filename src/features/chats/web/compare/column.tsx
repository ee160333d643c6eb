import { Check, Square } from 'lucide-react';
import { type ComponentProps, useId } from 'react';
import { useTranslations } from 'use-intl';
import { Reply, stop } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { TryAgain } from '#web/ui/try-again.tsx';
import MessageTools from '../tree/message-tools.tsx';
import type { Standing } from './use-compared.ts';

type ColumnProps = Omit<ComponentProps<typeof Reply>, 'message'> & {
  /** null: it is being read, or with `retry` could not be. */
  message: Message | null;
  retry: (() => void) | null;
  /** What its model is called; empty while that is not known. */
  name: string;
  standing: Standing;
  /** It is the one that was preferred. */
  chosen: boolean;
  /** null: there is nothing to choose from yet, or not for whoever is here. */
  onPrefer: (() => void) | null;
  disabled: boolean;
};

/** One of the replies that are compared, under the name of its model. What changes the tree is done where it is looked at alone. */
export function Column({
  message,
  retry,
  name,
  standing,
  chosen,
  onPrefer,
  disabled,
  ...reply
}: ColumnProps) {
  const t = useTranslations('compare');
  const id = useId();
  const { running, begun, model } = standing;
  const generationId = message?.generationId;
  return (
    <fieldset
      aria-labelledby={id}
      className={cx(
        'relative flex w-full min-w-0 shrink-0 snap-start flex-col rounded-medium border px-3.5 pt-1.5 pb-3.5 @3xl:w-auto',
        chosen ? 'border-accent' : 'border-hairline',
      )}
    >
      <div className="mb-1 flex items-center justify-end gap-2 bg-canvas @3xl:sticky @3xl:top-3 @3xl:z-1 @3xl:min-h-9">
        {/* In a row that is swiped the marks above say it. */}
        <span
          id={id}
          title={model ?? undefined}
          className="min-w-0 flex-1 truncate text-sm font-medium @max-3xl:sr-only"
        >
          {name || t('someModel')}
        </span>
        {/* Before it says anything, the way to stop it stands where it waits. */}
        {running && begun && generationId && !reply.reads && (
          <IconButton label={t('stop', { model: name })} small onClick={() => stop(generationId)}>
            <Square size={12} fill="currentColor" />
          </IconButton>
        )}
      </div>
      {message && (
        // What is written stays in sight where another column is longer.
        <div className={cx(running && '@3xl:sticky @3xl:top-14')}>
          <Reply {...reply} message={message} last={false} near pager={null} Tools={ReadersTools} />
        </div>
      )}
      {!message && (retry ? <TryAgain small onClick={retry} /> : <div className="invisible h-40" />)}
      {onPrefer && (
        <Button
          small
          aria-pressed={chosen}
          aria-describedby={id}
          disabled={disabled}
          onClick={onPrefer}
          className={cx('mt-auto', chosen && 'border-accent text-accent')}
        >
          {chosen && <Check size={15} aria-hidden />}
          {t('prefer')}
        </Button>
      )}
    </fieldset>
  );
}

const ReadersTools = ({ message }: { message: Message }) => <MessageTools message={message} reads />;
