import { stepOf, type Stage } from '@/lib/stage';
import type { ProjectDetail } from './project';

/** The stage by which each target counts as reached. */
const reachedAt: Partial<Record<ProjectDetail['target'], Stage>> = {
  completed: 'completed',
  started: 'implementation',
  in_progress: 'implementation',
  preliminary: 'preliminary',
};

/**
 * Whether the promise is kept by the stage of today, as a message key below
 * "detail". A stage that was itself derived from the promise proves nothing.
 * Null where the plan promised nothing in particular.
 */
export function fulfilment({ target, stage, stageProvisional }: Pick<ProjectDetail, 'target' | 'stage' | 'stageProvisional'>) {
  const goal = reachedAt[target];
  if (!goal) return null;
  if (stageProvisional) return 'keptProvisional';
  return stepOf(stage) >= stepOf(goal) ? 'kept' : 'notKept';
}
