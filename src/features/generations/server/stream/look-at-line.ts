import type { Queryable } from '#platform/database/database.ts';
import { type EndpointPace, queueOrder, servicePace, type Waiting } from '../queue/queue-order.ts';

/** An endpoint's line and how fast it moves, as of one moment. */
export type LineLook = { line: Waiting[]; pace: EndpointPace };

/**
 * Looks at lines, once for all who ask while a look is under way: of a crowd that comes back at once each would read a line as
 * long as the crowd.
 */
export function createLineLooks(db: Queryable): (endpointId: string) => Promise<LineLook> {
  const underWay = new Map<string, Promise<LineLook>>();
  async function look(endpointId: string): Promise<LineLook> {
    const [line, pace] = await Promise.all([queueOrder(db, endpointId), servicePace(db, endpointId)]);
    return { line, pace };
  }
  return (endpointId) => {
    const known = underWay.get(endpointId);
    if (known) return known;
    const looking = look(endpointId).finally(() => underWay.delete(endpointId));
    underWay.set(endpointId, looking);
    return looking;
  };
}
