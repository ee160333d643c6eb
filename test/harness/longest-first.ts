import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tens of seconds each, most of them spent on starting processes and on waiting for what kills do. */
const LONG = [
  'test/chaos/chaos.test.ts',
  'test/faults-kill.test.ts',
  'test/fuzz.test.ts',
  'test/scale-out.test.ts',
  'test/followers/followers.test.ts',
  'src/platform/jobs/jobs.test.ts',
  'test/start.test.ts',
  'test/faults-workers.test.ts',
  'test/queue/circuit.test.ts',
  'test/queue/positions.test.ts',
];

/** Starts the long files first, so that no worker is left alone with one in the end; vitest knows only those it has run before. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((path) => moduleId.endsWith(path));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
