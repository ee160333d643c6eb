import type { Principal } from '#platform/principal.ts';
import type { ContextKind } from '../contexts.ts';

/** Whose instructions are meant. Who may read or write them was decided by whoever names them. */
export type ContextOwner = { readonly kind: ContextKind; readonly ownerId: string };

/** The instance is one owner, under an id that nobody has. */
export const PRIMARY: ContextOwner = { kind: 'primary', ownerId: '00000000-0000-0000-0000-000000000000' };

export const personalOf = ({ userId }: Pick<Principal, 'userId'>): ContextOwner => ({
  kind: 'personal',
  ownerId: userId,
});
export const projectOwner = (projectId: string): ContextOwner => ({ kind: 'project', ownerId: projectId });
export const chatOwner = (chatId: string): ContextOwner => ({ kind: 'chat', ownerId: chatId });

/** What the instance tells its models while no admin has said anything: version 0. */
export const BUILT_IN_TEXT = [
  'You are a helpful assistant.',
  'Answer in the language of the person who asks.',
  'Be accurate, and say so when you do not know something.',
  'Use Markdown where it makes an answer easier to read.',
].join(' ');

/** The text of version 0. */
export const builtInText = ({ kind }: ContextOwner): string => (kind === 'primary' ? BUILT_IN_TEXT : '');
