import { expect, it } from 'vitest';
import { bySource, type Figure } from './figureSource';

const figure = (kind: Figure['kind'], more: Partial<Figure>): Figure => ({ kind, origin: 'report', contentHash: null, year: null, record: null, ...more }) as Figure;

it('puts the figures of one report together and keeps entries apart', () => {
  const groups = bySource([
    figure('progress', { contentHash: 'a' }),
    figure('estimate', { origin: 'entry', record: { seq: 4, hash: 'x', actor: null, at: '' } }),
    figure('month', { contentHash: 'a' }),
    figure('forecast', { contentHash: 'b' }),
    figure('budget', { origin: 'entry', record: { seq: 5, hash: 'y', actor: null, at: '' } }),
    figure('plan', { origin: 'plan', year: 2026 }),
    figure('plan', { origin: 'plan', year: 2025 }),
  ]);
  expect(groups.map(({ figures }) => figures.map(({ kind }) => kind))).toEqual([['progress', 'month'], ['estimate'], ['forecast'], ['budget'], ['plan'], ['plan']]);
  expect(bySource([])).toEqual([]);
});
