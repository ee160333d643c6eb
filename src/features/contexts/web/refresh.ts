import { queryClient } from '#web/api/query-client.ts';

/** What is kept in the query cache of instructions begins with this. */
export const INSTRUCTIONS = 'instructions';

/** Reads again what is shown of instructions: some have a new version. */
export const refreshInstructions = (): void =>
  void queryClient.invalidateQueries({ queryKey: [INSTRUCTIONS] });
