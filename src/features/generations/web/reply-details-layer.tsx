import { useFormatter, useTranslations } from 'use-intl';
import { agentWords } from '#features/agents/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { Button } from '#web/ui/button.tsx';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import PopoverLayer from '#web/ui/popover-layer.tsx';
import { openPanel } from '#web/ui/windows.ts';
import { later } from './later-words.ts';
import type { ReplyView } from './reply-view.ts';

const PROMPT = { fetch: () => import('./prompt-stamp.tsx'), words: [later] };
const STAMP = { fetch: () => import('./agent-stamp.tsx'), words: [agentWords] };

type Reply = { message: Message; view: ReplyView };

/** Model, times and tokens of a reply, hanging from its button. */
export default function ReplyDetailsLayer({ message, view, ...layer }: Reply & LayerProps) {
  const t = useTranslations('reply');
  return (
    <PopoverLayer {...layer} align="start" label={t('details')} className="p-3.5">
      {(close) => (
        <>
          <Rows message={message} view={view} />
          {message.ending?.context && (
            <Button
              small
              className="mt-3 w-full"
              onClick={() => {
                close();
                openPanel('told', message.id);
              }}
            >
              {t('sent')}
            </Button>
          )}
        </>
      )}
    </PopoverLayer>
  );
}

function Rows({ message, view }: Reply) {
  const t = useTranslations('reply');
  const format = useFormatter();
  const seconds = (ms: number | null) =>
    ms !== null && t('seconds', { seconds: format.number(ms / 1000, { maximumFractionDigits: 2 }) });
  const count = (tokens: number | null) => tokens !== null && format.number(tokens);
  const { agentId, agent } = message.ending?.context ?? {};
  const rows = [
    [t('model'), view.model],
    [t('time'), format.dateTime(new Date(message.createdAt), { dateStyle: 'long', timeStyle: 'medium' })],
    [t('firstToken'), seconds(view.ttftMs)],
    [t('took'), seconds(view.durationMs)],
    [t('inputTokens'), count(view.inputTokens)],
    [t('outputTokens'), count(view.outputTokens)],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-5 gap-y-1.5 tabular-nums">
      {rows.map(
        ([label, value]) =>
          value && (
            <div key={label} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ),
      )}
      {message.ending?.context && <LaterPart part={PROMPT} give={{ stamp: message.ending.context }} />}
      {agentId && agent && <LaterPart part={STAMP} give={{ agentId, version: agent }} />}
    </dl>
  );
}
