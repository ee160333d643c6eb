/** What is typed after `/` for each command, in either language whatever the page's is, and which of them a text can mean. Pure. */
import { plain } from '../answering/mention-text.ts';

export const TYPED = {
  new: { en: 'new', ru: 'новый' },
  temporary: { en: 'temporary', ru: 'временный' },
  regenerate: { en: 'regenerate', ru: 'заново' },
  stop: { en: 'stop', ru: 'стоп' },
  compare: { en: 'compare', ru: 'сравнить' },
  rename: { en: 'rename', ru: 'переименовать' },
  share: { en: 'share', ru: 'поделиться' },
  export: { en: 'export', ru: 'экспорт' },
  move: { en: 'move', ru: 'переместить' },
  details: { en: 'details', ru: 'сведения' },
  parameters: { en: 'parameters', ru: 'параметры' },
  overview: { en: 'overview', ru: 'обзор' },
  archive: { en: 'archive', ru: 'архив' },
  settings: { en: 'settings', ru: 'настройки' },
  shortcuts: { en: 'shortcuts', ru: 'клавиши' },
} as const;
export type CommandId = keyof typeof TYPED;

/** What is typed of a command, without the slash; null: the text is none, and is sent as it is. */
export const commandIn = (text: string): string | null =>
  text.startsWith('/') && !text.includes('\n') ? plain(text.slice(1)) : null;

/** Those that begin with what is typed, in either language or by a word of their name; all of them for nothing. */
export function meant<C extends { id: CommandId; name: string }>(commands: readonly C[], typed: string): C[] {
  const begins = ({ id, name }: C) =>
    [...Object.values(TYPED[id]), plain(name)].some((word) => word.startsWith(typed));
  const later = ({ name }: C) => plain(name).includes(` ${typed}`);
  const first = commands.filter(begins);
  return [...first, ...commands.filter((one) => !first.includes(one) && later(one))];
}
