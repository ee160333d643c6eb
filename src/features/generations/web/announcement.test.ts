import { describe, expect, it } from 'vitest';
import { EMPTY_REPLY } from '../apply-event.ts';
import { announce, type Heard } from './announcement.ts';
import type { LiveReply } from './replies.ts';

type Step = { ms: number; state?: string; stage?: string; place?: number | null };
const reply = ({ state = 'queued', stage = 'waiting', place }: Step): LiveReply =>
  ({
    generationId: 'one',
    chatId: 'chat',
    reply: { ...EMPTY_REPLY, state },
    queue:
      state === 'queued' && place !== undefined
        ? { stage, position: place, queueSize: 9, etaSeconds: null }
        : null,
  }) as unknown as LiveReply;

/** What is said along the way. */
function saidAlong(steps: Step[]): string[] {
  let heard: Heard | null = null;
  return steps.flatMap((step) => {
    const news = announce(heard, reply(step), step.ms);
    heard = news ?? heard;
    return news ? [news.place === null ? news.stage : `${news.stage} ${news.place}`] : [];
  });
}

describe('what a screen reader is told about a reply', () => {
  it.each(['completed', 'failed', 'cancelled', 'timed_out', 'interrupted'])(
    'is how it ended: %s',
    (state) => {
      expect(
        saidAlong([
          { ms: 0, state: 'running' },
          { ms: 900, state: 'running' },
          { ms: 1000, state },
        ]),
      ).toEqual(['writing', state]);
    },
  );

  it('is nothing about one that had ended before', () => {
    expect(saidAlong([{ ms: 0, state: 'failed' }])).toEqual([]);
  });

  it('is a new place now and then, and always that it is next', () => {
    const steps = [8, 7, 6, 5, 4, 3, 2, 1, 0].map((place, index) => ({ ms: index * 6000, place }));
    expect(saidAlong(steps)).toEqual(['waiting 8', 'waiting 4', 'waiting 0']);
  });

  it('is the place as soon as there is one, that the model is loaded or its server away, and no stage twice', () => {
    expect(
      saidAlong([
        { ms: 0 },
        { ms: 10, place: 3 },
        { ms: 20, stage: 'endpoint_down', place: 3 },
        { ms: 30, stage: 'endpoint_down', place: 3 },
        { ms: 40, stage: 'loading_model', place: null },
        { ms: 50, state: 'running' },
        { ms: 60, state: 'running' },
      ]),
    ).toEqual(['waiting', 'waiting 3', 'down', 'loading', 'writing']);
  });
});
