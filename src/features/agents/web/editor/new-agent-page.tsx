import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation, useSearch } from 'wouter';
import { LeaveGuard } from '#features/contexts/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import { type AgentOwner, createAgent } from '../agent-calls.ts';
import { EMPTY, isSame, keepAgentDraft, NEW, tidied, useAgentDraft } from './agent-draft.ts';
import { AgentFields } from './agent-fields.tsx';
import { AgentFrame } from './agent-frame.tsx';
import { OwnerFields } from './owner-fields.tsx';
import { SaveBar } from './save-bar.tsx';
import { useWhatIsMissing } from './use-what-is-missing.ts';

/** Makes an agent: one's own, of a project (which the address may name), or everybody's. */
export function NewAgentPage() {
  const t = useTranslations('agent');
  const words = useErrorWords();
  const missingOf = useWhatIsMissing();
  const [, navigate] = useLocation();
  const projectId = new URLSearchParams(useSearch()).get('project');
  const draft = useAgentDraft(NEW);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const content = draft?.content ?? EMPTY;
  const owner: AgentOwner = draft?.owner ?? { scope: projectId ? 'project' : 'personal', projectId };
  const begun = !isSame(content, EMPTY);
  const drop = () => keepAgentDraft(NEW, undefined);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await createAgent(tidied(content), owner);
      drop();
      toast(t('made'));
      navigate(`/agents/${id}`, { replace: true });
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  const missing = missingOf(content);
  return (
    <AgentFrame title={t('newTitle')}>
      <h1 className="text-2xl font-semibold tracking-tight">{t('newTitle')}</h1>
      <p className="mt-1 text-sm text-pretty text-muted">{t('newText')}</p>
      <AgentFields
        content={content}
        onChange={(next) => keepAgentDraft(NEW, { content: next, base: 0, owner })}
      >
        <OwnerFields
          owner={owner}
          onChange={(next) => keepAgentDraft(NEW, { content, base: 0, owner: next })}
        />
      </AgentFields>
      <SaveBar
        action={t('create')}
        ready={missing === null}
        busy={busy}
        problem={problem ?? (begun ? missing : null)}
        onDiscard={begun ? drop : null}
        onSave={() => void save()}
      />
      {begun && <LeaveGuard onLeave={drop} text={t('leaveText')} />}
    </AgentFrame>
  );
}
