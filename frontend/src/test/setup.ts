import { config } from '@vue/test-utils';
import { afterEach, beforeEach } from 'vitest';
import { i18n, loadWords, setLocale } from '@/i18n';

config.global.plugins.push(i18n);

// The test document lays nothing out: what is observed has its size at once.
globalThis.ResizeObserver = class implements ResizeObserver {
  constructor(private readonly tell: ResizeObserverCallback) {}
  observe = () => this.tell([], this);
  unobserve = () => undefined;
  disconnect = () => undefined;
};

beforeEach(() => Promise.all([setLocale('zh'), loadWords()]));
afterEach(() => {
  document.body.replaceChildren();
});
