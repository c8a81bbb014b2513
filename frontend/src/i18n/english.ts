/** The English words, a chunk of their own: most readers never need them. */
export const files = import.meta.glob<Record<string, unknown>>('./en/*.json', { eager: true, import: 'default' });
