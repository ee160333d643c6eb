/** The keys that do something everywhere on the page. */

/** `shift`: with Shift as well. All of them are pressed with Ctrl, or Cmd on a Mac, unless `bare`. */
export type Shortcut = { id: ShortcutId; code: string; key: string; shift?: true; bare?: true };
export type ShortcutId =
  | 'newChat'
  | 'search'
  | 'list'
  | 'composer'
  | 'copyCode'
  | 'copyReply'
  | 'note'
  | 'settings'
  | 'help';

/** By the place of the key, so that they work on a Russian keyboard too. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'newChat', code: 'KeyO', key: 'O', shift: true },
  { id: 'search', code: 'KeyK', key: 'K' },
  { id: 'list', code: 'KeyS', key: 'S', shift: true },
  { id: 'composer', code: 'Escape', key: 'Esc', shift: true, bare: true },
  { id: 'copyCode', code: 'Semicolon', key: ';', shift: true },
  { id: 'copyReply', code: 'KeyU', key: 'U', shift: true },
  { id: 'note', code: 'F8', key: 'F8', bare: true },
  { id: 'settings', code: 'Period', key: '.' },
  { id: 'help', code: 'Slash', key: '/' },
];
