import type { Action } from '../rules.ts';

type Underscored<Name extends string> = Name extends `${infer Before}.${infer After}`
  ? `${Before}_${After}`
  : Name;

/** Names the word of an action: in the name of a word a dot would open a namespace. */
export const wordOf = <Name extends Action>(action: Name) => action.replace('.', '_') as Underscored<Name>;
