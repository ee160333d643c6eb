/** Which replies this browser has told of, so that none is told of twice. */
import { keep, readKept } from '#web/kept/kept.ts';

const NAME = 'told';
/** Of the last ones only: a reply ends once, in all tabs at about the same time. */
const MOST = 50;

/** Takes it upon this tab to tell of a reply; false where another one has. */
export function claimTelling(generationId: string): boolean {
  const told = readKept(NAME)?.split(' ') ?? [];
  if (told.includes(generationId)) return false;
  keep(NAME, [generationId, ...told].slice(0, MOST).join(' '));
  return true;
}
