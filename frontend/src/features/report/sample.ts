import type { Schema } from '@/api/client';
import type { Report, ReportContent } from './report';

// Reports for the tests of this folder.

const filled = (value: string): Schema<'Amount'> => ({ value, missing: null });
export const notFilled: Schema<'Amount'> = { value: null, missing: 'not_filled' };

export function contentOf(part: Partial<ReportContent> = {}): ReportContent {
  return {
    progress: '37.5',
    progressText: '',
    month: notFilled,
    year: filled('98000000.00'),
    total: filled('310000000.00'),
    funds: notFilled,
    problems: '',
    coordination: '',
    nextSteps: 'go on',
    light: 'green',
    lightText: '',
    explanation: '',
    milestones: [{ milestoneId: 7, name: 'Roof', forecast: null, actual: null, reasonCode: null, reasonText: '' }],
    ...part,
  };
}

export function reportOf(part: Partial<Report> = {}): Report {
  return {
    id: 1,
    period: '2026-11',
    version: 1,
    allowed: ['save'],
    updatedAt: '2026-11-23T03:00:00Z',
    content: contentOf(),
    findings: [],
    differences: [],
    milestones: [],
    previous: { id: 9, period: '2026-10', revision: 1, content: contentOf() },
    ...part,
  } as Report;
}
