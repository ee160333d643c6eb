/** How long a guest is kept, said where it is said now; fetched for guests alone. */
import { LaterPart, type Part } from '#web/i18n/fetched-part.tsx';
import { useMe } from '../use-me.ts';
import type { GuestStayProps } from './warning.ts';
import { guestWords } from './words.ts';

const STAY: Part<GuestStayProps> = { fetch: () => import('./guest-stay.tsx'), words: [guestWords] };

export function GuestStay(props: GuestStayProps) {
  const { data: me } = useMe();
  return me?.role === 'guest' ? <LaterPart part={STAY} give={props} /> : null;
}
