import { describe, expect, it } from 'vitest';
import { routeQuery, sameColumns, sameQuery, systemViews, viewQuery } from './view';

describe('what a view keeps of an address', () => {
  it('is the filter and the order, not the month, the drawer or the view itself', () => {
    expect(viewQuery({ stage: ['reserve', 'implementation'], sort: '-slip', open: '7', asOf: '2026-05', saved: '3', view: 'rolling', q: '' })).toBe(
      'sort=-slip&stage=implementation&stage=reserve',
    );
  });

  it('reads the same whichever side wrote it', () => {
    expect(sameQuery('q=%E5%9C%B0%E9%93%81+1&stage=reserve', viewQuery({ stage: 'reserve', q: '地铁 1' }))).toBe(true);
    expect(sameQuery('stage=reserve', 'stage=reserve&mine=true')).toBe(false);
  });

  it('opens as the address it came from', () => {
    expect(routeQuery('column=3&column=7&q=%E5%9C%B0%E9%93%81+1')).toEqual({ column: ['3', '7'], q: ['地铁 1'] });
  });
});

it('two choices of columns differ by order, width and pin', () => {
  const slip = { key: 'slip' as const, width: 70, pinned: true };
  expect(sameColumns([slip], [{ ...slip }])).toBe(true);
  expect(sameColumns([{ key: 'slip' }], [{ key: 'slip', width: 0, pinned: false }])).toBe(true);
  expect(sameColumns([slip], [{ ...slip, width: 71 }])).toBe(false);
});

it('whoever keeps projects is offered views of their own', () => {
  expect(systemViews(true).filter(({ query }) => query.includes('mine=true')).map(({ name }) => name)).toEqual(['mine', 'late', 'red', 'owing', 'provisional']);
  expect(systemViews(false).some(({ query }) => query.includes('mine'))).toBe(false);
});
