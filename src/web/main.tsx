import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { preloadMarkdown } from '#features/generations/web/markdown/markdown.tsx';
import { App } from './app.tsx';
import { followTheme } from './theme/theme.ts';
import './theme/theme.css';
import '#features/generations/web/markdown/markdown.css';

followTheme();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// Needed with the first reply on the screen: at once in a chat, else after the first paint.
if (location.pathname.includes('/c/')) preloadMarkdown();
else setTimeout(preloadMarkdown, 300);
