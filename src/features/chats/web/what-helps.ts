import type { Outgoing } from './outgoing.ts';

type Failure = NonNullable<Outgoing['failure']>;

/** Refusals that the same message meets again, however often it is sent. */
const FOR_GOOD = new Set(['too_large', 'conflict', 'not_found', 'forbidden', 'forbidden_origin']);
/** Refusals that another model may not meet. */
const OF_THE_MODEL = new Set(['endpoint_draining', 'line_full', 'no_such_model']);

/** True when sending again can help. `isTime`: the moment has come from which the server said that it does. */
export function canRetry({ code, field, retryAt }: Failure, isTime: boolean): boolean {
  if (code === 'rate_limited') return retryAt !== undefined && isTime;
  if (code === 'invalid_input') return field === 'modelId';
  return !FOR_GOOD.has(code);
}

/** True when it goes to the model that is chosen by now rather than to the one that could not take it. */
export const isOfTheModel = ({ reason }: Failure): boolean =>
  reason !== undefined && OF_THE_MODEL.has(reason);
