import { computed, ref, watch, type Ref } from 'vue';
import type { DateStyle } from '@/lib/dates';
import { remember, remembered } from '@/lib/storage';
import { useDateStyle } from './useDateStyle';
import { useLocale } from './useLocale';

// How this reader wants to read on this device. app/theme-boot.js puts the same onto
// the page before it is first painted.

export const sizes = ['normal', 'large', 'larger'] as const;
export const contrasts = ['normal', 'more'] as const;
export const dateStyles = ['digits', 'words'] as const;

function choice<Value extends string>(key: string, values: readonly Value[], first: Value, show: (value: Value) => void): Ref<Value> {
  const stored = remembered(key) as Value | null;
  const chosen = ref(stored !== null && values.includes(stored) ? stored : first) as Ref<Value>;
  watch(
    chosen,
    (value) => {
      remember(key, value === first ? null : value);
      show(value);
    },
    { flush: 'sync' },
  );
  return chosen;
}

const mark = (name: 'text' | 'contrast') => (value: string) => {
  const { dataset } = document.documentElement;
  if (value === 'normal') Reflect.deleteProperty(dataset, name);
  else dataset[name] = value;
};

const text = choice('text', sizes, 'normal', mark('text'));
const contrast = choice('contrast', contrasts, 'normal', mark('contrast'));
const keys = choice('keys', ['on', 'off'] as const, 'on', () => undefined);

/** Size of type, contrast, how days are written, and whether single keys act: device-local, at once. */
export function usePreferences() {
  const { locale } = useLocale();
  const style = useDateStyle();
  const dates = computed<DateStyle>({
    get: () => style.value ?? (locale.value === 'zh' ? 'digits' : 'words'),
    set(chosen) {
      style.value = chosen;
      remember('dates', chosen);
    },
  });
  return { text, contrast, dates, keys };
}
