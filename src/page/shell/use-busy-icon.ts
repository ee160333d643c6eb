import { useEffect } from 'react';
import { isTerminalState } from '#features/generations/rules.ts';
import { useReplies } from '#features/generations/web/index.ts';

/** A dot on the icon of the browser's tab while something is being generated. */
export function useBusyIcon(): void {
  const busy = useReplies(({ replies }) =>
    Object.values(replies).some((live) => !isTerminalState(live.reply.state)),
  );
  useEffect(() => {
    const icon = document.getElementById('favicon') as HTMLLinkElement | null;
    if (icon) icon.href = busy ? './favicon-busy.svg' : './favicon.svg';
  }, [busy]);
}
