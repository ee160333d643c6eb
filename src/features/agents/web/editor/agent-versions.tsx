import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { VersionList } from '#features/contexts/web/index.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import type { Agent, AgentContent } from '../../agents.ts';
import { restoreAgentVersion } from '../agent-calls.ts';
import { useAgentVersions } from '../use-agents.ts';
import { useAgentAsText } from './agent-facts.tsx';

/** `content`: what stands in the fields; missing for who only reads. */
type AgentVersionsProps = { agent: Agent; content?: AgentContent };

/** The versions of an agent, behind a button: each can be compared, and by who may write brought back. */
export function AgentVersions(props: AgentVersionsProps) {
  const t = useTranslations('agent');
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={t('versions')} className="mt-8 border-t border-hairline pt-3">
      <Button small look="quiet" aria-expanded={open} onClick={() => setOpen(!open)} className="-ml-2.5">
        <ChevronRight size={16} aria-hidden className={cx('transition-transform', open && 'rotate-90')} />
        {t('versions')}
      </Button>
      {open && <List {...props} />}
    </section>
  );
}

function List({ agent, content }: AgentVersionsProps) {
  const asText = useAgentAsText();
  const list = useAgentVersions(agent.id);
  const { data } = list;
  const told = data && {
    pages: data.pages.map(({ items }) => ({
      items: items.map((version) => ({ ...version, content: asText(version) })),
    })),
  };
  const restore = async (version: number) => (await restoreAgentVersion(agent.id, version)).version;
  return (
    <VersionList
      list={{ ...list, data: told }}
      current={agent.version}
      {...(content && { text: asText(content), onRestore: restore })}
    />
  );
}
