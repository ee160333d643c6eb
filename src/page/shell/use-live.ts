import { useEffect } from 'react';
import { askWho } from '#features/accounts/web/index.ts';
import { receiveChats } from '#features/chats/web/index.ts';
import type { Model } from '#features/endpoints/endpoints.ts';
import type { GenerationState } from '#features/generations/generations.ts';
import { receiveFrame, whenReplyEnds } from '#features/generations/web/index.ts';
import { whenPersonGone } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { connectLive, disconnectLive, giveUpLine } from '#web/live/live-connection.ts';
import { useLiveStatus } from '#web/live/live-status.ts';

/** Keeps the live connection open for as long as somebody is here. */
export function useLive(userId: string | null): void {
  useEffect(() => {
    if (!userId) return;
    receiveChats();
    const offEnds = whenReplyEnds(({ reply }) => rereadHealth(reply.state));
    whenPersonGone(askWho);
    connectLive((frame) => {
      // The line is opened with a cookie that may be another's by now.
      if (frame.type !== 'ready' || frame.payload.userId === userId) return receiveFrame(frame);
      giveUpLine();
      askWho();
    });
    // A line that stays away may mean that this person may not have it any more.
    const unsubscribe = useLiveStatus.subscribe(({ status }) => {
      if (status === 'offline')
        setTimeout(() => useLiveStatus.getState().status === 'offline' && askWho(), 3000);
    });
    return () => {
      offEnds();
      unsubscribe();
      disconnectLive();
    };
  }, [userId]);
}

/** A reply that ended tells how its endpoint is: what the page shows about that may be out of date. */
function rereadHealth(state: GenerationState): void {
  const models = queryClient.getQueryData<Model[]>(['models']);
  const doubtful = models?.some((model) => model.health.status !== 'up');
  if (state === 'failed' || doubtful) void queryClient.invalidateQueries({ queryKey: ['models'] });
}
