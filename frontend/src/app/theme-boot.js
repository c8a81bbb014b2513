// Runs before the first paint, as a classic script: no imports here. Must agree
// with composables/useTheme.ts and i18n/index.ts, which take over afterwards.
(function () {
  const root = document.documentElement;
  const stored = function (/** @type {string} */ key) {
    try {
      return localStorage.getItem('zhongda.' + key);
    } catch {
      return null; // storage may be forbidden
    }
  };
  const theme = stored('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : dark ? 'dark' : 'light';
  if (stored('locale') === 'en') root.lang = 'en';
})();
