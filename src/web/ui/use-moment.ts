import { useFormatter } from 'use-intl';

/** A time as people say it: today's by the clock alone, any other with its day. */
export function useMoment(): (iso: string) => string {
  const format = useFormatter();
  return (iso) => {
    const time = new Date(iso);
    const today = time.toDateString() === new Date().toDateString();
    return format.dateTime(time, { ...(!today && { dateStyle: 'medium' }), timeStyle: 'short' });
  };
}
