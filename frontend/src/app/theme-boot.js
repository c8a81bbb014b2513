// Runs before the first paint, as a classic script: no imports here. Must agree
// with composables/useTheme.ts, usePreferences.ts and i18n/index.ts, which take over afterwards.
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
  const text = stored('text');
  if (text === 'large' || text === 'larger') root.dataset.text = text;
  if (stored('contrast') === 'more') root.dataset.contrast = 'more';
  if (stored('locale') === 'en') root.lang = 'en';
})();
