import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeat } from './repeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => expect.unreachable('nothing fails here');
/** Work that ends when told. */
function slowWork() {
  const ends: (() => void)[] = [];
  const work = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
  return { work, end: () => ends.shift()?.() };
}

test('a round comes after each wait', async () => {
  const work = vi.fn(async () => {});
  const repeated = repeat(work, 100, never);
  await vi.advanceTimersByTimeAsync(99);
  expect(work).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(201);
  expect(work).toHaveBeenCalledTimes(3);
  await repeated.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(work).toHaveBeenCalledTimes(3);
});

test('one round runs at a time, and the wait begins at its end', async () => {
  const { work, end } = slowWork();
  const repeated = repeat(work, 100, never);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(work).toHaveBeenCalledTimes(1);
  end();
  await vi.advanceTimersByTimeAsync(99);
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(work).toHaveBeenCalledTimes(2);
  end();
  await repeated.stop();
});

test('what is asked for soon comes at once, or once more after the round under way', async () => {
  const { work, end } = slowWork();
  const repeated = repeat(work, 100, never);
  repeated.soon();
  expect(work).toHaveBeenCalledTimes(1);
  repeated.soon();
  repeated.soon();
  expect(work).toHaveBeenCalledTimes(1);
  end();
  await vi.advanceTimersByTimeAsync(0);
  expect(work).toHaveBeenCalledTimes(2);
  end();
  await vi.advanceTimersByTimeAsync(99);
  expect(work).toHaveBeenCalledTimes(2);
  await repeated.stop();
  repeated.soon();
  expect(work).toHaveBeenCalledTimes(2);
});

test('a round that fails is told of, and the next one comes', async () => {
  const onError = vi.fn();
  const work = vi.fn(async () => {
    throw new Error('away');
  });
  const repeated = repeat(work, 100, onError);
  await vi.advanceTimersByTimeAsync(200);
  expect(onError.mock.calls).toEqual([[new Error('away')], [new Error('away')]]);
  await repeated.stop();
});

test('stopping waits for the round under way', async () => {
  const { work, end } = slowWork();
  const repeated = repeat(work, 100, never);
  repeated.soon();
  const stopped = vi.fn();
  const stopping = repeated.stop().then(stopped);
  await vi.advanceTimersByTimeAsync(500);
  expect(stopped).not.toHaveBeenCalled();
  end();
  await stopping;
  await vi.advanceTimersByTimeAsync(500);
  expect(work).toHaveBeenCalledTimes(1);
});

test('rounds that take long come more seldom, within bounds', async () => {
  let takes = 1;
  const work = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, takes)));
  const repeated = repeat(work, { least: 50, most: 200, perRound: 5 }, never);
  await vi.advanceTimersByTimeAsync(50);
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1 + 50);
  expect(work).toHaveBeenCalledTimes(2);
  takes = 30;
  await vi.advanceTimersByTimeAsync(1 + 50);
  expect(work).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(30 + 149);
  expect(work).toHaveBeenCalledTimes(3);
  takes = 1_000;
  await vi.advanceTimersByTimeAsync(1);
  expect(work).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(1_000 + 200);
  expect(work).toHaveBeenCalledTimes(5);
  void repeated.stop();
});
