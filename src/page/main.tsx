import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { basePath } from '#web/base-path.ts';
import { fetchFirstWords } from '#web/i18n/i18n.tsx';
import { preloadMarkdown } from '#web/markdown/markdown.tsx';
import { languageOf, usePreferences } from '#web/preferences.ts';
import { followTheme } from '#web/theme/theme.ts';
import { App } from './app.tsx';
import { fetchParts } from './fetch-parts.ts';
import { FIRST_WORDS } from './words.ts';
import '#web/theme/theme.css';
import '#web/markdown/markdown.css';

followTheme();
if (visualViewport && matchMedia('(pointer: coarse)').matches)
  void import('#web/theme/above-keyboard.ts').then((seen) => seen.keepAboveKeyboard(visualViewport!));
const path = location.pathname.slice(basePath.length);
const isChat = path === '/' || path.startsWith('/c/');
// On their way since `theme.js` ran, beside the scripts.
const words = fetchFirstWords(FIRST_WORDS, languageOf(usePreferences.getState()));
const parts = fetchParts().catch(() => {});
// Which page stands at another address than a chat's, and whether it is for everybody, is not known before.
void Promise.all([words, isChat || parts]).then(([first]) =>
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App first={first} />
    </StrictMode>,
  ),
);
// Needed with the first reply on the screen: at once in a chat, else after the first paint.
if (path.startsWith('/c/')) preloadMarkdown();
else setTimeout(preloadMarkdown, 300);
