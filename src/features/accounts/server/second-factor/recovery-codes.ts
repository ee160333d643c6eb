/** Codes for who has lost their authenticator: each opens once. */
import { createHmac, randomInt } from 'node:crypto';

const COUNT = 10;
/** Letters and digits that nobody takes for one another: 31 of them, in ten places 49 bits. */
const MARKS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;

/** New ones, in two halves that are easier to copy by hand. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: COUNT }, () => {
    const marks = Array.from({ length: LENGTH }, () => MARKS[randomInt(MARKS.length)]).join('');
    return `${marks.slice(0, LENGTH / 2)}-${marks.slice(LENGTH / 2)}`;
  });

/**
 * What is kept of a code. Keyed with the instance's secret: 49 bits could be found from a plain hash by who has the database alone.
 * However it was typed: hyphens, spaces and capitals do not count.
 */
export const hashOfRecoveryCode = (key: string, userId: string, code: string): string =>
  createHmac('sha256', key)
    .update(`recovery ${userId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
    .digest('hex');
