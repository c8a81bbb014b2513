/** The stages in the order of a project's life; the place decides the colour. */
export const stages = ['conceived', 'reserve', 'preliminary', 'implementation', 'completed', 'transferred'] as const;

export type Stage = (typeof stages)[number];
export type StageStep = 1 | 2 | 3 | 4 | 5 | 6;

/** The place of a stage, from 1, as UiStep colours it. */
export function stepOf(stage: Stage): StageStep {
  return (stages.indexOf(stage) + 1) as StageStep;
}

/** Whether a move goes through a gate, which needs evidence, or back. */
export function isForward(from: Stage, to: Stage): boolean {
  return stepOf(to) > stepOf(from);
}
