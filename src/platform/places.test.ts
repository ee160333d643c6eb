import { expect, it } from 'vitest';
import { createPlaces } from './places.ts';

/** Work that ends when it is told to. */
const openEnded = () => Promise.withResolvers<string>();
/** Lets whatever can go on go on. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

it('lets so many work at once and the others in order, also after work that failed', async () => {
  const { within } = createPlaces(2);
  const works = [openEnded(), openEnded(), openEnded(), openEnded()];
  const begun: number[] = [];
  const ends = works.map((work, at) =>
    within(() => {
      begun.push(at);
      return work.promise;
    }).catch((error: Error) => error.message),
  );
  await rest();
  expect(begun).toEqual([0, 1]);
  works[1]!.reject(new Error('broke'));
  await rest();
  expect(begun).toEqual([0, 1, 2]);
  for (const work of works) work.resolve('done');
  expect(await Promise.all(ends)).toEqual(['done', 'broke', 'done', 'done']);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('gives a place that was left to whoever waits, and never to somebody who comes in between', async () => {
  const places = createPlaces(1);
  const leave = await places.take();
  const told: string[] = [];
  const second = places.take().then((leaveIt) => {
    told.push('second');
    return leaveIt;
  });
  leave();
  const third = places.take().then(() => told.push('third'));
  await rest();
  expect(told).toEqual(['second']);
  (await second)();
  await third;
  expect(told).toEqual(['second', 'third']);
});
