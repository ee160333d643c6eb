import { useTranslations } from 'use-intl';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import PopoverLayer from '#web/ui/popover-layer.tsx';
import { AgentOptions, type AgentOptionsProps } from './agent-options.tsx';

/** The agents that may answer, hanging from a button; fetched when that is first reached for. */
export default function AgentLayer({ agents, current, onChoose, ...layer }: AgentOptionsProps & LayerProps) {
  const t = useTranslations('answering');
  return (
    <PopoverLayer {...layer} label={t('choose')} className="w-80">
      {(close) => (
        <AgentOptions
          agents={agents}
          current={current}
          onChoose={(agent) => {
            close();
            onChoose(agent);
          }}
        />
      )}
    </PopoverLayer>
  );
}
