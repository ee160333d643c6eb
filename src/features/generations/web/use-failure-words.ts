import type { GenerationError } from '#features/messages/endings.ts';
import { useSaid } from '#web/i18n/use-said.ts';

/** Says why a reply failed: in the server's sentence, or, of an error stored before those had names, in words by its code. */
export function useFailureWords(): (error: GenerationError) => string {
  const said = useSaid();
  return (error) => said({ ...error, reason: error.reason ?? `ended_${error.code}` }) ?? error.detail;
}
