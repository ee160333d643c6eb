import { useFormatter } from 'use-intl';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** An amount of bytes to read, in the largest unit of which there is at least one. */
export function useBytes(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return format.number(bytes / 1000 ** step, {
      style: 'unit',
      unit: UNITS[step]!,
      maximumFractionDigits: step < 2 ? 0 : 1,
    });
  };
}
