import { describe, expect, it } from 'vitest';
import { auditQuery, noAuditFilter } from './audit';

describe('auditQuery', () => {
  it('asks for everything by asking for nothing', () => {
    expect(Object.values(auditQuery(noAuditFilter())).filter((value) => value !== undefined)).toEqual([]);
  });

  it('includes both days, by the clock of the city', () => {
    expect(auditQuery({ ...noAuditFilter(), from: '2026-11-01', to: '2026-12-31' })).toMatchObject({
      from: '2026-11-01T00:00:00+08:00',
      to: '2027-01-01T00:00:00+08:00',
    });
  });

  it('leaves out what nobody could have meant', () => {
    const query = auditQuery({ ...noAuditFilter(), from: 'yesterday', projectId: 'SZ-0001', actor: ' li.wei ' });
    expect(query).toMatchObject({ from: undefined, projectId: undefined, actor: 'li.wei' });
  });
});
