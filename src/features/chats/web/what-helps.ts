import type { Outgoing } from './outgoing.ts';

type Failure = NonNullable<Outgoing['failure']>;

/** Refusals that the same message meets again, however often it is sent. */
const FOR_GOOD = new Set(['too_large', 'conflict', 'not_found', 'forbidden', 'forbidden_origin']);
/** True when sending again can help. `isTime`: the moment has come from which the server said that it does. */
export function canRetry({ code, field, retryAt }: Failure, isTime: boolean): boolean {
  if (code === 'rate_limited') return retryAt !== undefined && isTime;
  if (code === 'invalid_input') return field?.endsWith('modelId') === true;
  return !FOR_GOOD.has(code);
}

/** True when the model that it named is not there any more: it goes to the one that is asked without a name. */
export const isUnknownModel = ({ reason }: Failure): boolean => reason === 'no_such_model';
