import { describe, expect, it } from 'vitest';
import { telling } from './brief';

describe('what a light rests on', () => {
  const said = (light: 'red' | 'yellow' | 'green' | 'grey', kind: string) => ({ light, kind });
  it('is every warning, the worst first', () => {
    const clauses = [said('green', 'start'), said('yellow', 'reports'), said('red', 'schedule')];
    expect(telling(clauses).map(({ kind }) => kind)).toEqual(['schedule', 'reports']);
  });
  it('is the first clause where nothing warns', () => {
    expect(telling([said('green', 'schedule'), said('grey', 'start')]).map(({ kind }) => kind)).toEqual(['schedule']);
    expect(telling([])).toEqual([]);
  });
});
