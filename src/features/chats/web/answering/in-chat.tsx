import type { ComponentProps } from 'react';
import { AgentCards } from './agent-cards.tsx';
import { AgentName } from './agent-name.tsx';
import { AgentNote } from './agent-note.tsx';
import { AgentSwitch } from './agent-switch.tsx';
import { Mention } from './mention.tsx';

export type InChatProps =
  | ({ show: 'cards' } & ComponentProps<typeof AgentCards>)
  | ({ show: 'switch' } & ComponentProps<typeof AgentSwitch>)
  | ({ show: 'note' } & ComponentProps<typeof AgentNote>)
  | ({ show: 'mention' } & ComponentProps<typeof Mention>)
  | ({ show: 'name' } & ComponentProps<typeof AgentName>);

/** What a chat shows of agents, by where it stands. */
export default function InChat(props: InChatProps) {
  if (props.show === 'cards') return <AgentCards {...props} />;
  if (props.show === 'switch') return <AgentSwitch {...props} />;
  if (props.show === 'note') return <AgentNote {...props} />;
  if (props.show === 'mention') return <Mention {...props} />;
  return <AgentName {...props} />;
}
