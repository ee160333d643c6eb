/** Who loses a place when a line is full: max-min fairness over what each holds. */
import type { FullLine, Holding } from './line-places.ts';

/**
 * The party whose newest entry gives way for the sender: of whoever holds most, as long as they then hold no less than the
 * sender; null when the sender holds as much themselves. Guests count as one beside members, so that no number of
 * addresses crowds those out; when it is theirs to give way, it is the address that holds most. A member needs no such lead
 * over guests. Of those who hold alike, who came last.
 */
export function whoGivesWay(
  { bound, sender }: Pick<FullLine, 'bound' | 'sender'>,
  holdings: readonly Holding[],
): string | null {
  const guests = holdings.filter(({ isGuest }) => isGuest);
  const members = holdings.filter(({ isGuest }) => !isGuest);
  const ofGuests = guests.reduce((sum, { waiting }) => sum + waiting, 0);
  const own = holdings.find(({ party }) => party === sender.party)?.waiting ?? 0;
  const member = most(members);
  const address = most(guests);
  if (sender.isGuest) {
    if (bound === 'line' && member && member.waiting >= ofGuests + 2) return member.party;
    return address && address.waiting >= own + 2 ? address.party : null;
  }
  if (address && ofGuests > own && ofGuests >= (member?.waiting ?? 0)) return address.party;
  return member && member.waiting >= own + 2 ? member.party : null;
}

const most = (holdings: readonly Holding[]): Holding | undefined =>
  holdings.toSorted((a, b) => b.waiting - a.waiting || b.newest - a.newest)[0];
