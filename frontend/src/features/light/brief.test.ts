import { describe, expect, it } from 'vitest';
import { reasonsOf, warns, worstFirst } from './brief';

describe('what a light rests on', () => {
  it('is told with the worst first, else in the order of the rule', () => {
    const clauses = (['green', 'grey', 'yellow', 'red', 'green'] as const).map((light, kind) => ({ light, kind }));
    expect(worstFirst(clauses).map(({ kind }) => kind)).toEqual([3, 2, 0, 4, 1]);
    expect(clauses.filter(warns).map(({ kind }) => kind)).toEqual([2, 3]);
    expect(reasonsOf(clauses.map(({ light, kind }) => ({ light, sentence: `${kind}` })))).toEqual(['3', '2']);
  });
});
