import { describe, expect, it } from 'vitest';
import { callQuery, narrowedTo, narrowedToCategory, noFilter, projectsAt } from './projectFilter';

const parentOf = (category: string) => (category.includes('-') ? (category.split('-')[0] ?? null) : null);

describe('callQuery', () => {
  it('sends nothing for the whole portfolio', () => {
    expect(Object.values(callQuery(noFilter())).filter((value) => value !== undefined)).toEqual([]);
  });

  it('sends numbers and truths as such', () => {
    const filter = { ...noFilter(), column: ['12', '13'], lateBy: '31', provisional: 'false', mine: 'true', q: ' 地铁 ' };
    expect(callQuery(filter)).toMatchObject({ column: [12, 13], lateBy: 31, provisional: false, mine: true, q: '地铁' });
  });

  it('does not pass on a number of days that is none', () => {
    expect(callQuery({ ...noFilter(), lateBy: 'soon' }).lateBy).toBeUndefined();
    expect(callQuery({ ...noFilter(), lateBy: '-3' }).lateBy).toBeUndefined();
  });
});

describe('projectsAt', () => {
  it('keeps the address short', () => {
    expect(projectsAt('/projects', noFilter())).toEqual({ path: '/projects', query: {} });
    expect(projectsAt('/projects', { ...noFilter(), stage: ['reserve'], q: '港' })).toEqual({
      path: '/projects',
      query: { stage: ['reserve'], q: '港' },
    });
  });
});

describe('narrowedTo', () => {
  it('adds a value where the key was free and replaces a wider choice', () => {
    expect(narrowedTo(noFilter(), 'stage', 'reserve')?.stage).toEqual(['reserve']);
    expect(narrowedTo({ ...noFilter(), stage: ['reserve', 'completed'] }, 'stage', 'reserve')?.stage).toEqual(['reserve']);
  });

  it('has no filter for a value outside the choice', () => {
    expect(narrowedTo({ ...noFilter(), column: ['12'] }, 'column', '13')).toBeNull();
  });
});

describe('narrowedToCategory', () => {
  it('keeps the sub-categories that were chosen instead of widening to their parent', () => {
    const filter = { ...noFilter(), category: ['city-park', 'energy-grid'] };
    expect(narrowedToCategory(filter, 'city', parentOf)?.category).toEqual(['city-park']);
    expect(narrowedToCategory(filter, 'rail', parentOf)).toBeNull();
    expect(narrowedToCategory({ ...noFilter(), category: ['city', 'energy'] }, 'city', parentOf)?.category).toEqual(['city']);
  });
});
