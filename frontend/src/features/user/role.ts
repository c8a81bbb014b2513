import type { Role } from './user';

const administrators: readonly Role[] = ['sysadmin', 'secadmin', 'auditor'];

export function isAdministrator(role: Role): boolean {
  return administrators.includes(role);
}

/**
 * The administrator's role that keeps this choice from being granted: accounts,
 * grants and audit are held by separate people (三员分立), none with another role.
 * Null when nothing does. The server decides again.
 */
export function conflictIn(roles: readonly Role[]): Role | null {
  if (roles.length < 2) return null;
  return roles.find(isAdministrator) ?? null;
}

/** Whether two choices hold the same roles, in whatever order. */
export function sameRoles(one: readonly Role[], other: readonly Role[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
