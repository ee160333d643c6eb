import { PARAMETER_NAMES, type ParameterName } from '../rules.ts';
import type { Parameters } from '../settings.ts';

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/** What was changed from `before` to `typed`, done to what is there `now`: what others have changed meanwhile stays. Pure. */
export function mergeParameters(now: Parameters, before: Parameters, typed: Parameters): Parameters {
  const valueIn = (name: ParameterName) => (differ(before[name], typed[name]) ? typed : now)[name];
  return Object.fromEntries(
    PARAMETER_NAMES.flatMap((name) => {
      const value = valueIn(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
