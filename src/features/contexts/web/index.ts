/** What other features and the page may use of instructions. A list and nothing else: so what is not used of it falls away. */
export { default as Conflict } from './conflict.tsx';
export { LeaveGuard } from './leave-guard.tsx';
export { CHAT_INSTRUCTIONS, PROJECT_INSTRUCTIONS } from './parts.ts';
export { refreshInstructions } from './refresh.ts';
export { useWhoAndWhen } from './use-who-and-when.ts';
export { VersionList } from './version-list.tsx';
