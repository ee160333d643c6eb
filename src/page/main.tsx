import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { preloadMarkdown } from '#web/markdown/markdown.tsx';
import { followTheme } from '#web/theme/theme.ts';
import { App } from './app.tsx';
import '#web/theme/theme.css';
import '#web/markdown/markdown.css';

followTheme();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// Needed with the first reply on the screen: at once in a chat, else after the first paint.
if (location.pathname.includes('/c/')) preloadMarkdown();
else setTimeout(preloadMarkdown, 300);
