/**
 * What finds a page or an act beside its name on screen: the pinyin initials of the
 * Chinese name and the English words, whichever language is being read.
 */
export const pageWords: Record<string, string> = {
  work: 'wdgz my work desk',
  review: 'shdl review queue',
  projects: 'xmk projects list',
  investment: 'ndtz annual investment money',
  pipeline: 'kb xmkb board pipeline stages',
  dashboard: 'zl overview dashboard',
  timeline: 'sjz timeline gantt milestones',
  map: 'dt fb map districts',
  lights: 'ld lights',
  issues: 'xxt issues',
  orders: 'db dbd supervision orders',
  meetings: 'ddh meetings',
  changes: 'bh changes differences',
  fulfilment: 'cndx fulfilment promises plan',
  exits: 'tck exit register',
  users: 'zh zhgl accounts users roles',
  audit: 'sj sjjl audit record',
  inbox: 'xx inbox notices messages',
  account: 'wdzh account password preferences settings',
};

export const actWords = {
  theme: 'qhss dark light theme',
  language: 'qhyy english chinese language',
  unit: 'jedw unit wan yi money',
  shortcuts: 'kjj keyboard shortcuts help',
  preferences: 'phsz large type contrast preferences',
  signOut: 'tc tcdl sign out leave log out',
} as const;

const latin = /^[\u0020-\u024f]+$/;

/** Whether the text names the thing: Chinese as any part of its name, letters as the beginning of a word. */
export function named(text: string, name: string, words: string): boolean {
  const wanted = text.toLowerCase();
  return latin.test(wanted) ? ` ${name} ${words}`.toLowerCase().includes(` ${wanted}`) : name.includes(wanted);
}

/** The name in pieces, the part that was typed apart. */
export function marked(name: string, text: string): { before: string; hit: string; after: string } {
  const at = text ? name.toLowerCase().indexOf(text.toLowerCase()) : -1;
  if (at < 0) return { before: name, hit: '', after: '' };
  return { before: name.slice(0, at), hit: name.slice(at, at + text.length), after: name.slice(at + text.length) };
}
