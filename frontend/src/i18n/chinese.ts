/** The Chinese words of the pages that are not the first to be opened. */
export const files = import.meta.glob<Record<string, unknown>>(
  ['./zh/*.json', '!./zh/{table,app,light,page,project,session,stage,standing,target,ui}.json'],
  { eager: true, import: 'default' },
);
