import { factsOf, type AmountDraft, type Facts } from '../facts';
import type { ProjectDetail } from '../project';

/** What of a row can be changed in the table by whoever keeps the project. */
export type EditableCell = 'constructionUnit' | 'investment';
export type CellField = 'constructionUnit' | 'estimate' | 'budget' | 'finalAccount';

/** The fact behind a cell: the list shows the most binding of the three totals, 决算 before 概算 before 估算. */
export function fieldOf(cell: EditableCell, project: Pick<ProjectDetail, 'finalAccount' | 'budget'>): CellField {
  if (cell === 'constructionUnit') return cell;
  if (project.finalAccount.value !== null) return 'finalAccount';
  return project.budget.value !== null ? 'budget' : 'estimate';
}

/** The change of one field against what is there; null when there is none. */
export function cellChange(project: ProjectDetail, field: CellField, draft: string | AmountDraft): Partial<Facts> | null {
  const now = factsOf(project)[field];
  const said = typeof draft === 'string' ? draft.trim() : draft;
  return JSON.stringify(now) === JSON.stringify(said) ? null : { [field]: said };
}
