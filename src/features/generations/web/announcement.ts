import { isTerminalState } from '../rules.ts';
import { isWaiting, type LiveReply } from './replies.ts';

type Stage =
  | 'waiting'
  | 'down'
  | 'loading'
  | 'writing'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'timed_out'
  | 'interrupted';
/** What there is to say about a reply; `place` counts from 0, while it has one. */
export type Announcement = { stage: Stage; place: number | null; size: number };
/** What was said last, about which generation, and when. */
export type Heard = Announcement & { generationId: string; at: number };

/** Between two places in line that are said, unless the later one is the first: those who listen have other things to hear. */
const PLACES_APART_MS = 20_000;

/** What a screen reader is to be told now, given what it was told before; null: nothing worth interrupting for. */
export function announce(heard: Heard | null, live: LiveReply, now: number): Heard | null {
  const known = heard?.generationId === live.generationId ? heard : null;
  const ended = isTerminalState(live.reply.state);
  // What ended before anybody here listened is read like the rest of the chat.
  if (ended && !known) return null;
  const next: Heard = { generationId: live.generationId, at: now, ...standing(live) };
  if (next.stage !== known?.stage) return next;
  if (next.place === known.place || next.place === null) return null;
  const soon = now - known.at < PLACES_APART_MS;
  return soon && known.place !== null && next.place !== 0 ? null : next;
}

function standing({ reply, queue, ...live }: LiveReply): Announcement {
  const place = queue?.position ?? null;
  const size = Math.max(queue?.queueSize ?? 0, (place ?? 0) + 1);
  if (isTerminalState(reply.state)) return { stage: reply.state as Stage, place: null, size };
  if (queue?.stage === 'endpoint_down') return { stage: 'down', place: null, size };
  if (isWaiting({ reply, queue, ...live })) return { stage: 'waiting', place, size };
  return { stage: queue?.stage === 'loading_model' ? 'loading' : 'writing', place: null, size };
}
