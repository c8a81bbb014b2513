import { expect, it } from 'vitest';
import { pieces, wayBack, type BatchResult } from './batch';

const owner = (id: number) => ({ id, code: `o${id}`, name: `单位${id}`, nameEn: '', shortName: '' });
const facts = (id: number) => ({ owner: owner(id), ownerProvisional: false, stage: 'reserve' as const, stageProvisional: false });
const done = (id: number, from: number, version: number): BatchResult =>
  ({ id, done: true, version, before: facts(from), after: facts(9), code: null, message: null }) as BatchResult;

it('cuts a selection into requests the server takes', () => {
  expect(pieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(pieces([], 2)).toEqual([]);
});

it('hands each project back to whom it was, at the version the handover left', () => {
  const refused = { id: 3, done: false, version: 4, before: null, after: null, code: 'stale_version', message: '' } as BatchResult;
  expect(wayBack([done(1, 5, 2), done(2, 6, 7), refused, done(4, 5, 3)])).toEqual([
    { owner: 5, items: [{ id: 1, version: 2 }, { id: 4, version: 3 }] },
    { owner: 6, items: [{ id: 2, version: 7 }] },
  ]);
});
