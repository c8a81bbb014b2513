import { describe, expect, it } from 'vitest';
import { ownersOf, type Overdue } from './overdue';

const of = (code: string) => ({ project: { owner: { code, name: `${code} 局` } } }) as Overdue;

describe('who owes reports', () => {
  it('is counted, the most first, and by code where it is even', () => {
    const owners = ownersOf([of('b'), of('c'), of('a'), of('c')], ({ name }) => name);
    expect(owners.map(({ code, count }) => [code, count])).toEqual([
      ['c', 2],
      ['a', 1],
      ['b', 1],
    ]);
    expect(owners[0]?.name).toBe('c 局');
    expect(ownersOf([], ({ name }) => name)).toEqual([]);
  });
});
