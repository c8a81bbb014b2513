import { describe, expect, it } from 'vitest';
import { noFilter } from '@/api/projectFilter';
import { exportQuery, fileNameIn } from './useExport';

describe('exportQuery', () => {
  it('asks for what the list shows', () => {
    const filter = { ...noFilter(), stage: ['preliminary'], lateBy: '30', asOf: '2026-10' };
    const query = exportQuery({ filter, sort: '-investment', columns: ['selection', 'owner', 'name'], format: 'csv', unit: 'wan' });
    expect(query).toMatchObject({ stage: ['preliminary'], lateBy: 30, asOf: '2026-10', sort: '-investment', format: 'csv', unit: 'wan' });
    expect(query.columns).toEqual(['name', 'code', 'owner']);
  });

  it('leaves the columns to the server where none is chosen', () => {
    expect(exportQuery({ filter: noFilter(), sort: '', format: 'xlsx', unit: 'yuan' })).toMatchObject({ columns: undefined, sort: undefined });
  });
});

describe('fileNameIn', () => {
  it('reads the name in any script', () => {
    expect(fileNameIn("attachment; filename=\"____.csv\"; filename*=UTF-8''%E9%87%8D%E5%A4%A7.csv")).toBe('重大.csv');
    expect(fileNameIn(null)).toBe('projects');
  });
});
