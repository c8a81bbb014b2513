import { shallowRef } from 'vue';

/** What lies over the whole page: the palette, the list of shortcuts, or nothing. */
export const overlay = shallowRef<'palette' | 'shortcuts' | ''>('');
