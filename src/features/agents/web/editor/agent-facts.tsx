/** What an agent says, to be read: on its page by who may not change it, and as one text where versions are compared. */
import { useTranslations } from 'use-intl';
import { PARAMETER_NAMES } from '#features/settings/rules.ts';
import type { AgentContent } from '../../agents.ts';
import { isIconName } from '../agent-icon.tsx';

type Fact = {
  label: string;
  value: string;
  /** It has lines of its own. */
  long?: true;
};

/** Tells what there is to know of an agent, in the order in which it is asked for. */
function useFacts(): (content: AgentContent) => Fact[] {
  const t = useTranslations('agent');
  const parameter = useTranslations('parameters');
  return (content) => {
    const { name, description, icon, modelId, parameters, instructions, tools, starters } = content;
    const given = PARAMETER_NAMES.flatMap((key): Fact[] => {
      const value = parameters[key];
      if (value === undefined) return [];
      const said =
        key === 'reasoningEffort' ? parameter(`effort.${parameters.reasoningEffort!}`) : [value].flat();
      return [{ label: parameter(`name.${key}`), value: [said].flat().map(String).join(', ') }];
    });
    const facts: (Fact | false)[] = [
      { label: t('name'), value: name },
      description !== '' && { label: t('description'), value: description, long: true },
      icon !== '' && { label: t('icon'), value: isIconName(icon) ? t(`icons.${icon}`) : icon },
      { label: t('model'), value: modelId ?? t('noModel') },
      ...given,
      tools.length > 0 && { label: t('tools'), value: tools.join(', ') },
      instructions !== '' && { label: t('instructions'), value: instructions, long: true },
      starters.length > 0 && { label: t('starters'), value: starters.join('\n'), long: true },
    ];
    return facts.filter((fact) => fact !== false);
  };
}

/** Puts what an agent says into one text, so that two of them can be compared as texts are. */
export function useAgentAsText(): (content: AgentContent) => string {
  const factsOf = useFacts();
  return (content) => {
    const facts = factsOf(content);
    const short = facts.filter(({ long }) => !long).map(({ label, value }) => `${label}: ${value}`);
    const long = facts.filter((fact) => fact.long).map(({ label, value }) => `${label}:\n${value}`);
    return [short.join('\n'), ...long].join('\n\n');
  };
}

/** The same to be read; its name stands above. */
export function AgentFacts({ content }: { content: AgentContent }) {
  const factsOf = useFacts();
  const t = useTranslations('agent');
  const facts = factsOf(content).filter(({ label }) => label !== t('name') && label !== t('icon'));
  return (
    <dl className="mt-6 grid gap-x-8 gap-y-4 @lg:grid-cols-[auto_minmax(0,1fr)]">
      {facts.map(({ label, value, long }) => (
        <div key={label} className="contents">
          <dt className="text-sm text-muted @max-lg:-mb-3">{label}</dt>
          <dd
            dir="auto"
            className={
              long ? 'text-sm leading-relaxed whitespace-pre-wrap wrap-anywhere' : 'text-sm wrap-anywhere'
            }
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
