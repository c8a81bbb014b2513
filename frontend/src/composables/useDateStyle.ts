import { ref } from 'vue';
import type { DateStyle } from '@/lib/dates';
import { remembered } from '@/lib/storage';

const style = ref(remembered('dates') as DateStyle | null);

/** How this reader wants days written, everywhere; null is as the language has it. */
export const useDateStyle = () => style;
