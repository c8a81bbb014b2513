import type { Schema } from '@/api/client';

export type ViewPage = Schema<'ViewPage'>;

/** The pages of a filter by their addresses. */
export const viewPaths: Record<string, ViewPage> = {
  '/projects': 'table',
  '/pipeline': 'board',
  '/timeline': 'timeline',
  '/map': 'map',
  '/dashboard': 'dashboard',
};
