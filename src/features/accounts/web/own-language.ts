/** The language of the page, which goes with whoever chose it to all their devices; this browser remembers it for the first paint. */
import { api } from '#web/api/http.ts';
import { type Language, setPreferences, usePreferences } from '#web/preferences.ts';
import type { Me } from '../accounts.ts';

/** What the account was last known to say: an answer that says the same again changes nothing that was chosen here meanwhile. */
let told: string | null = null;

/** Takes over what was chosen elsewhere. */
export function adoptLanguage({ id, language }: Pick<Me, 'id' | 'language'>): void {
  const now = `${id} ${language}`;
  if (now === told) return;
  told = now;
  if (language && language !== usePreferences.getState().language) setPreferences({ language });
}

/** Shows the page in a language at once, and keeps it for whoever is here; where that does not work it holds in this browser. */
export function chooseLanguage(language: Language): void {
  setPreferences({ language });
  api('PATCH', '/api/v1/me', { language }).catch(() => {});
}
