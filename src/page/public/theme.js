/* Runs before the first paint, so that the page never flashes in the wrong theme or language. */
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
  document.documentElement.lang = saved.language || (/^ru\b/i.test(navigator.language) ? 'ru' : 'en');
})();
