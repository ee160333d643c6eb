import { describe, expect, it } from 'vitest';
import type { QueueUpdate } from '../../stream-events.ts';
import { type Reader, tellUpdate } from './reader.ts';

/** A reader that keeps what it is told of the line. */
function listen() {
  const told: QueueUpdate[] = [];
  const reader = {
    lastUpdate: null,
    sink: { queueUpdate: (update: QueueUpdate) => void told.push(update) },
  } as unknown as Reader;
  return { reader, told };
}
const at = (position: number | null, more: Partial<QueueUpdate> = {}): QueueUpdate => ({
  position,
  queueSize: position === null ? null : 5,
  etaSeconds: null,
  stage: position === null ? 'thinking' : 'waiting',
  ...more,
});

describe('a reader of the line', () => {
  it('that had begun and is in line again is told that it lost its slot, whoever saw it first', () => {
    const { reader, told } = listen();
    for (const update of [at(1), at(null), at(0)]) tellUpdate(reader, update);
    expect(told.map(({ reason }) => reason)).toEqual([undefined, undefined, 'slots']);
  });

  it('that is further back is told why, and by default that others had been served less', () => {
    const { reader, told } = listen();
    for (const update of [at(1), at(2), at(4, { reason: 'priority' }), at(3)]) tellUpdate(reader, update);
    expect(told.map(({ reason }) => reason)).toEqual([undefined, 'fair_share', 'priority', undefined]);
  });

  it('is told nothing twice', () => {
    const { reader, told } = listen();
    for (const update of [at(1), at(1), at(1, { queueSize: 6 })]) tellUpdate(reader, update);
    expect(told).toHaveLength(2);
  });
});
