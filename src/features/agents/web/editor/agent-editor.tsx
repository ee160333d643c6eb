import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { LeaveGuard } from '#features/contexts/web/index.ts';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Agent, AgentContent } from '../../agents.ts';
import { changeAgent } from '../agent-calls.ts';
import { AgentConflict } from './agent-conflict.tsx';
import { contentOf, isSame, keepAgentDraft, tidied, useAgentDraft } from './agent-draft.ts';
import { AgentFields } from './agent-fields.tsx';
import { AgentVersions } from './agent-versions.tsx';
import { SaveBar } from './save-bar.tsx';
import { useWhatIsMissing } from './use-what-is-missing.ts';

/** Changes an agent: each saving is a new version, and what somebody else has saved meanwhile is never lost. */
export function AgentEditor({ agent }: { agent: Agent }) {
  const t = useTranslations('agent');
  const words = useErrorWords();
  const missingOf = useWhatIsMissing();
  const draft = useAgentDraft(agent.id);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [theirs, setTheirs] = useState<Agent | null>(null);
  const saved = contentOf(agent);
  const content = draft?.content ?? saved;
  const changed = draft !== undefined;
  const change = (next: AgentContent) =>
    keepAgentDraft(
      agent.id,
      isSame(next, saved) ? undefined : { content: next, base: draft?.base ?? agent.version },
    );
  const take = () => {
    keepAgentDraft(agent.id, undefined);
    setTheirs(null);
    setProblem(null);
  };
  const save = async (baseVersion: number) => {
    setBusy(true);
    setProblem(null);
    try {
      const { version } = await changeAgent(agent.id, { ...tidied(content), baseVersion });
      take();
      toast(t('saved', { version }));
    } catch (error) {
      if (error instanceof ApiError && error.current) setTheirs(error.current as Agent);
      else setProblem(words(error));
    }
    setBusy(false);
  };
  const missing = missingOf(content);
  return (
    <>
      <AgentFields content={content} onChange={change} />
      {theirs && (
        <AgentConflict
          theirs={theirs}
          mine={tidied(content)}
          busy={busy}
          onMine={() => void save(theirs.version)}
          onTheirs={take}
        />
      )}
      <SaveBar
        action={t('save')}
        ready={changed && missing === null && theirs === null}
        busy={busy}
        problem={problem ?? (changed ? missing : null)}
        onDiscard={changed ? take : null}
        onSave={() => void save(draft?.base ?? agent.version)}
      />
      <AgentVersions agent={agent} content={content} />
      {changed && <LeaveGuard onLeave={take} text={t('leaveText')} />}
    </>
  );
}
