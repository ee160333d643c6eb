import { useFormatter } from 'use-intl';

/** Formats a timestamp that stands by itself: today's by the clock alone, any other with its day. In a sentence: `useMoments`. */
export function useTimestamp(): (iso: string) => string {
  const format = useFormatter();
  return (iso) => {
    const time = new Date(iso);
    const today = time.toDateString() === new Date().toDateString();
    return format.dateTime(time, { ...(!today && { dateStyle: 'medium' }), timeStyle: 'short' });
  };
}
