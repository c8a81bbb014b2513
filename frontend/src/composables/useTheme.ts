import { computed, readonly, ref } from 'vue';
import { remember, remembered } from '@/lib/storage';

export type Theme = 'light' | 'dark';
export type ThemeChoice = Theme | 'system';

const system = matchMedia('(prefers-color-scheme: dark)');
const dark = ref(system.matches);
const choice = ref<ThemeChoice>(readChoice());

function readChoice(): ThemeChoice {
  const stored = remembered('theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

const theme = computed<Theme>(() => (choice.value === 'system' ? (dark.value ? 'dark' : 'light') : choice.value));

function apply(): void {
  document.documentElement.dataset['theme'] = theme.value;
}

system.addEventListener('change', ({ matches }) => {
  dark.value = matches;
  apply();
});

/** Light or dark: what the reader chose, or what the system says. */
export function useTheme() {
  return {
    theme,
    choice: readonly(choice),
    choose(next: ThemeChoice) {
      choice.value = next;
      remember('theme', next === 'system' ? null : next);
      apply();
    },
  };
}
