/*
 * Runs before the first paint, so that the page never flashes in the wrong theme or language, and asks for the first words of
 * that language while the page's scripts are on their way.
 */
(() => {
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('parley.preferences') || '{}').state || {};
  } catch {
    /* Storage is refused or holds something else: the defaults do. */
  }
  const dark =
    saved.theme === 'dark' || (saved.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  if (/^1[\d.]+$/.test(saved.textSize)) document.documentElement.style.fontSize = `${saved.textSize}%`;
  const language = saved.language || (/^ru\b/i.test(navigator.language) ? 'ru' : 'en');
  document.documentElement.lang = language;
  const words = document.currentScript.getAttribute(`data-words-${language}`);
  if (!words) return;
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = words;
  document.head.append(link);
})();
