import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useMe } from '#features/accounts/web/index.ts';
import type { Origin as From } from '#features/settings/rules.ts';
import { Origin } from '#features/settings/web/index.ts';
import { openPanel } from '#web/ui/windows.ts';
import type { ChatSettings } from '../../chat-settings.ts';
import type { Chat } from '../../chats.ts';

type InstructionsListProps = {
  chat: Chat;
  agentId: string | null;
  instructions: ChatSettings['instructions'];
  /** Whoever is here may change those of the chat. */
  writes: boolean;
};

const WAY = 'text-note font-medium text-accent underline-offset-4 hover:underline touch:min-h-11';

/** The instructions that hold, in the order in which the model reads them, each with the way to where it is written. */
export function InstructionsList({ chat, agentId, instructions, writes }: InstructionsListProps) {
  const t = useTranslations('chatSettings');
  const { data: me } = useMe();
  const named = (from: From) => t('openOf', { layer: t(`layer.${from as Spoken}`) });
  const link = (from: From, href: string) => (
    <Link href={href} className={WAY} aria-label={named(from)}>
      {t('open')}
    </Link>
  );
  const button = (from: From, run: () => void) => (
    <button type="button" className={WAY} aria-label={named(from)} onClick={run}>
      {t('open')}
    </button>
  );
  const ways: { [F in From]?: ReactNode } = {
    instance: me?.role === 'admin' && link('instance', '/admin/context'),
    personal: link('personal', '/settings#instructions'),
    project: chat.projectId && link('project', `/projects/${chat.projectId}/instructions`),
    agent: agentId && link('agent', `/agents/${agentId}`),
    chat: writes && button('chat', () => openPanel('details', chat.id)),
  };
  // What says nothing yet can be written as well.
  const silent = (['personal', 'project', 'chat'] as const).filter(
    (from) => ways[from] && !instructions.some((one) => one.from === from),
  );
  return (
    <section className="flex flex-col gap-3 border-t border-hairline pt-5">
      <h3 className="text-sm font-medium">{t('instructions')}</h3>
      <ol className="flex flex-col gap-3">
        {instructions.map(({ from, text }) => (
          <li key={from} className="flex flex-col gap-1">
            <div className="flex items-center justify-between gap-2">
              <Origin from={from} own={from === 'chat'} />
              {ways[from]}
            </div>
            <p className="line-clamp-3 text-note whitespace-pre-wrap text-muted" dir="auto">
              {text}
            </p>
          </li>
        ))}
        {silent.map((from) => (
          <li key={from} className="flex items-center justify-between gap-2 text-note text-muted">
            {t('silent', { layer: t(`layer.${from}`) })}
            {ways[from]}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Who may say something in instructions. */
type Spoken = 'instance' | 'personal' | 'project' | 'agent' | 'chat';
