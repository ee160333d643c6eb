import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Job } from './jobs.ts';
import { type Bench, Workshop } from './workshop.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const parse = (text: string): Job => ({ kind: 'parse', text, prefix: '' });

/** A workshop whose workers answer a text with itself after so many milliseconds; `Infinity`: never. */
function makeWorkshop(msOf: (text: string) => number) {
  const begun: string[] = [];
  const benches = { opened: 0, ended: 0 };
  const workshop = new Workshop(() => {
    benches.opened++;
    let ended = false;
    const say = (data: unknown, ms: number) =>
      ms === Infinity
        ? null
        : setTimeout(() => ended || bench.onmessage?.call(bench as Worker, { data } as MessageEvent), ms);
    const bench: Bench = {
      onmessage: null,
      onerror: null,
      postMessage(job: Job) {
        const text = job.kind === 'parse' ? job.text : '';
        begun.push(text);
        say(text, msOf(text));
      },
      terminate() {
        ended = true;
        benches.ended++;
      },
    };
    say('ready', 30);
    return bench;
  });
  const answers: [string, Answer][] = [];
  const ask = (text: string, again = true) =>
    workshop.ask(parse(text), (answer) => answers.push([text, answer]), again);
  return { workshop, ask, answers, begun, benches };
}

describe('the workshop', () => {
  it('does one job after the other, the newest first, once its worker has begun', async () => {
    const { ask, answers } = makeWorkshop(() => 5);
    for (const text of ['a', 'b', 'c']) ask(text);
    await vi.advanceTimersByTimeAsync(1000);
    expect(answers).toEqual([
      ['c', 'c'],
      ['b', 'b'],
      ['a', 'a'],
    ]);
  });

  it('ends a worker that takes more than 100 ms, goes on with a new one, and tries the job once more after all others', async () => {
    const { ask, answers, begun, benches } = makeWorkshop((text) => (text === 'endless' ? Infinity : 5));
    ask('other');
    ask('endless');
    await vi.advanceTimersByTimeAsync(1000);
    expect(answers).toEqual([
      ['other', 'other'],
      ['endless', null],
    ]);
    expect(begun).toEqual(['endless', 'other', 'endless']);
    expect(benches.ended).toBe(2);
  });

  it('gives what is tried once more the time that it takes on a busy machine', async () => {
    const { ask, answers, benches } = makeWorkshop((text) => (text === 'slow' ? 300 : 5));
    ask('other');
    ask('slow');
    await vi.advanceTimersByTimeAsync(1000);
    expect(answers).toEqual([
      ['other', 'other'],
      ['slow', 'slow'],
    ]);
    expect(benches.ended).toBe(1);
  });

  it('hears nothing more of a worker that was ended', async () => {
    const opened: Bench[] = [];
    const answers: Answer[] = [];
    const workshop = new Workshop(() => {
      const bench: Bench = { onmessage: null, onerror: null, postMessage() {}, terminate() {} };
      opened.push(bench);
      return bench;
    });
    const say = (bench: Bench, data: unknown) =>
      bench.onmessage?.call(bench as Worker, { data } as MessageEvent);
    workshop.ask(parse('a'), (answer) => answers.push(answer), false);
    say(opened[0]!, 'ready');
    await vi.advanceTimersByTimeAsync(200);
    workshop.ask(parse('b'), (answer) => answers.push(answer), false);
    say(opened[1]!, 'ready');
    say(opened[0]!, 'late');
    opened[0]!.onerror?.call(opened[0] as Worker, {} as ErrorEvent);
    say(opened[1]!, 'b');
    expect(answers).toEqual([null, 'b']);
  });

  it('tries what is still growing only once', async () => {
    const { ask, answers, begun } = makeWorkshop(() => Infinity);
    ask('growing', false);
    await vi.advanceTimersByTimeAsync(1000);
    expect([begun, answers]).toEqual([['growing'], [['growing', null]]]);
  });

  it('does not begin what was taken back, and tells nobody of what had begun', async () => {
    const { ask, answers, begun } = makeWorkshop(() => 50);
    const first = ask('first');
    await vi.advanceTimersByTimeAsync(31);
    const second = ask('second');
    first();
    second();
    await vi.advanceTimersByTimeAsync(1000);
    expect([begun, answers]).toEqual([['first'], []]);
  });

  it('answers that everything is to be shown as it is where no worker starts', async () => {
    const answers: Answer[] = [];
    const workshop = new Workshop(() => {
      throw new Error('refused');
    });
    workshop.ask(parse('a'), (answer) => answers.push(answer));
    await vi.advanceTimersByTimeAsync(1);
    expect(answers).toEqual([null]);
  });
});
