/** One choice in a list. */
export interface Option {
  value: string;
  label: string;
  /** How many things this choice would keep; omitted where nothing is counted. */
  count?: number;
  /** 1 for a choice below the one before it (a sub-category). */
  depth?: 0 | 1;
  /** More words the search should find, such as pinyin or a code. */
  keywords?: string;
}

/** Choices whose label or keywords contain the words, in any case. */
export function matching(options: readonly Option[], words: string): readonly Option[] {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return options;
  return options.filter(({ label, keywords = '' }) => `${label} ${keywords}`.toLowerCase().includes(wanted));
}

/** Past this many choices a list shows its search box. */
export const searchableFrom = 8;
