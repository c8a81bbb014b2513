import { isForward, type Stage } from '@/lib/stage';

export interface MoveDraft {
  from: Stage;
  to: Stage | '';
  reason: string;
  evidence: string;
}

/** What the draft of a move lacks, as message keys by field; the server checks again. */
export function checkMove({ from, to, reason, evidence }: MoveDraft): { field: string; message: string }[] {
  return [
    { field: 'to', message: 'pipeline.toMissing', lacking: to === '' },
    { field: 'reason', message: 'pipeline.reasonMissing', lacking: !reason.trim() },
    { field: 'evidence', message: 'pipeline.evidenceMissing', lacking: to !== '' && isForward(from, to) && !evidence.trim() },
  ].flatMap(({ lacking, ...missing }) => (lacking ? [missing] : []));
}
