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
// Needed with the first answer, not with the first paint.
setTimeout(preloadMarkdown, 300);
