/** The fields of an agent, where it is made and where it is changed. */
import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl';
import { useModels } from '#features/endpoints/web/index.ts';
import { ParameterFields } from '#features/settings/web/index.ts';
import { TextArea, TextField } from '#web/ui/field.tsx';
import { IconChoice } from '#web/ui/icon-choice.tsx';
import type { AgentContent } from '../../agents.ts';
import { DESCRIPTION_MAX, NAME_MAX } from '../../rules.ts';
import { ICON_NAMES, ICONS, isIconName } from '../agent-icon.tsx';
import { ModelField } from './model-field.tsx';
import { StartersField } from './starters-field.tsx';

type AgentFieldsProps = {
  content: AgentContent;
  onChange: (content: AgentContent) => void;
  /** What else belongs to what it is. */
  children?: ReactNode;
};

export function AgentFields({ content, onChange, children }: AgentFieldsProps) {
  const t = useTranslations('agent');
  const { data: models } = useModels();
  const change = (part: Partial<AgentContent>) => onChange({ ...content, ...part });
  const { name, description, icon, modelId, parameters, instructions, starters } = content;
  return (
    <div className="mt-6 flex flex-col gap-5">
      <TextField
        label={t('name')}
        dir="auto"
        value={name}
        onChange={({ target }) => change({ name: target.value })}
        required
        maxLength={NAME_MAX}
        autoComplete="off"
      />
      <TextArea
        label={t('description')}
        hint={t('descriptionHint')}
        dir="auto"
        rows={2}
        maxLength={DESCRIPTION_MAX}
        value={description}
        onChange={({ target }) => change({ description: target.value })}
      />
      <IconChoice
        label={t('icon')}
        icons={ICON_NAMES.map((one) => ({ name: one, label: t(`icons.${one}`), Icon: ICONS[one] }))}
        value={isIconName(icon) ? icon : 'bot'}
        onChange={(chosen) => change({ icon: chosen })}
      />
      {children}
      <Part title={t('whatItDoes')}>
        <TextArea
          label={t('instructions')}
          hint={t('instructionsHint')}
          dir="auto"
          rows={10}
          value={instructions}
          onChange={({ target }) => change({ instructions: target.value })}
          className="leading-relaxed"
        />
        <StartersField value={starters} onChange={(next) => change({ starters: next })} />
      </Part>
      <Part title={t('whatAnswers')}>
        <ModelField value={modelId} onChange={(chosen) => change({ modelId: chosen })} />
        <ParameterFields
          value={parameters}
          onChange={(next) => change({ parameters: next })}
          model={models?.find(({ id }) => id === modelId) ?? null}
        />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-3 flex flex-col gap-5 border-t border-hairline pt-6">
      <h2 id={id} className="text-base font-semibold tracking-tight">
        {title}
      </h2>
      {children}
    </section>
  );
}
