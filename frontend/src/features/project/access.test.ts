import { expect, it } from 'vitest';
import { byRule } from './access';

const decision = (permission: 'project:read' | 'project:move' | 'project:update', allowed: boolean, sentence: string) => ({ permission, allowed, sentence, rule: '' });

it('says each sentence once, what is allowed first', () => {
  expect(byRule([decision('project:move', false, 'no role'), decision('project:read', true, 'all'), decision('project:update', true, 'all')])).toEqual([
    { allowed: true, sentence: 'all', permissions: ['project:read', 'project:update'] },
    { allowed: false, sentence: 'no role', permissions: ['project:move'] },
  ]);
});

it('never merges a yes with a no', () => {
  expect(byRule([decision('project:read', true, 'same'), decision('project:move', false, 'same')])).toHaveLength(2);
});
