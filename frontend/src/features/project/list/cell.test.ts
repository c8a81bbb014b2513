import { describe, expect, it } from 'vitest';
import type { ProjectDetail } from '../project';
import { cellChange, fieldOf } from './cell';

const none = { value: null, missing: 'not_filled' as const };
const of = (value: string) => ({ value, missing: null });
const project = { constructionUnit: '市水务局', estimate: of('100.00'), budget: none, finalAccount: none } as unknown as ProjectDetail;

describe('a cell of the table', () => {
  it('stands for the most binding of the totals', () => {
    expect(fieldOf('investment', { budget: none, finalAccount: none })).toBe('estimate');
    expect(fieldOf('investment', { budget: of('5.00'), finalAccount: none })).toBe('budget');
    expect(fieldOf('investment', { budget: of('5.00'), finalAccount: of('6.00') })).toBe('finalAccount');
    expect(fieldOf('constructionUnit', { budget: none, finalAccount: of('6.00') })).toBe('constructionUnit');
  });

  it('sends only what differs from what is there', () => {
    expect(cellChange(project, 'constructionUnit', ' 市水务局 ')).toBeNull();
    expect(cellChange(project, 'constructionUnit', '')).toEqual({ constructionUnit: '' });
    expect(cellChange(project, 'estimate', { value: '100.00', missing: '', basis: '' })).toBeNull();
    expect(cellChange(project, 'estimate', { value: '120.00', missing: '', basis: '' })).toEqual({ estimate: { value: '120.00', missing: '', basis: '' } });
  });
});
