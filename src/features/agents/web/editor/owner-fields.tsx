import { useTranslations } from 'use-intl';
import { useMe } from '#features/accounts/web/index.ts';
import { mayWrite } from '#features/projects/rules.ts';
import { useRecentProjects } from '#features/projects/web/index.ts';
import { Choice } from '#web/ui/choice.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { type AgentScope, SCOPES } from '../../rules.ts';
import type { AgentOwner } from '../agent-calls.ts';

type OwnerFieldsProps = { owner: AgentOwner; onChange: (owner: AgentOwner) => void };

/** Whose a new agent is to be; who has no choice is not asked. */
export function OwnerFields({ owner, onChange }: OwnerFieldsProps) {
  const t = useTranslations('agent');
  const { data: me } = useMe();
  const { data: all = [] } = useRecentProjects();
  const projects = all.filter(({ role, archived }) => mayWrite(role) && !archived);
  const open = (scope: AgentScope) =>
    scope === 'personal' || (scope === 'project' ? projects.length > 0 : me?.role === 'admin');
  const scopes = SCOPES.filter(open);
  if (scopes.length < 2) return null;
  return (
    <div className="flex flex-col gap-4">
      <div className="max-w-md">
        <Choice
          label={t('whose')}
          value={owner.scope}
          onChange={(scope) =>
            onChange({ scope, projectId: scope === 'project' ? (projects[0]?.id ?? null) : null })
          }
          options={scopes.map((value) => ({ value, label: t(`owner.${value}`) }))}
        />
        <p className="mt-1.5 text-note text-muted">{t(`ownerMeans.${owner.scope}`)}</p>
      </div>
      {owner.scope === 'project' && (
        <SelectField
          label={t('project')}
          value={owner.projectId ?? ''}
          onChange={({ target }) => onChange({ scope: 'project', projectId: target.value })}
          className="max-w-md"
        >
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
    </div>
  );
}
