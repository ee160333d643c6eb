import type { ApiClient } from '#terminal/api-client.ts';
import type { Terminal } from '#terminal/terminal.ts';
import type { Speech } from '../speech.ts';

/** What everything in the terminal's chat works with: the Parley it asks, the person it draws for, and their language. */
export type AtTerminal = {
  readonly api: ApiClient;
  readonly terminal: Terminal;
  readonly speech: Speech;
};
