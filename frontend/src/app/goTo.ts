/** After `g`, a letter leads to a page; `g p` is the list of projects. */
export const goTo: Record<string, string> = {
  w: 'work',
  r: 'review',
  p: 'projects',
  b: 'pipeline',
  d: 'dashboard',
  t: 'timeline',
  y: 'investment',
  l: 'lights',
  s: 'issues',
  o: 'orders',
  m: 'meetings',
  c: 'changes',
  f: 'fulfilment',
  x: 'exits',
  u: 'users',
  a: 'audit',
  i: 'inbox',
};

/** How long the second letter may be waited for. */
export const goWithin = 1500;
