import { expect, it } from 'vitest';
import { conflictIn, sameRoles } from './role';

it('keeps the three administrators apart from everybody', () => {
  expect(conflictIn(['sysadmin', 'manager'])).toBe('sysadmin');
  expect(conflictIn(['bureau_editor', 'auditor'])).toBe('auditor');
  expect(conflictIn(['secadmin', 'auditor'])).toBe('secadmin');
});

it('lets an administrator alone, and other roles together', () => {
  expect(conflictIn(['sysadmin'])).toBeNull();
  expect(conflictIn(['bureau_editor', 'bureau_lead'])).toBeNull();
  expect(conflictIn([])).toBeNull();
});

it('compares roles as a set', () => {
  expect(sameRoles(['manager', 'bureau_lead'], ['bureau_lead', 'manager'])).toBe(true);
  expect(sameRoles(['manager'], ['manager', 'bureau_lead'])).toBe(false);
});
