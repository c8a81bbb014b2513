import { config } from '@vue/test-utils';
import { afterEach, beforeEach } from 'vitest';
import { i18n, loadWords, setLocale } from '@/i18n';

config.global.plugins.push(i18n);

beforeEach(() => Promise.all([setLocale('zh'), loadWords()]));
afterEach(() => {
  document.body.replaceChildren();
});
