import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, type EffectScope } from 'vue';
import type { Schema } from '@/api/client';
import { ApiProblem, unreachable } from '@/api/problem';
import type { Report } from './report';
import { contentOf, reportOf } from './sample';
import { useAutosave } from './useAutosave';

// A server in miniature: it keeps one report, checks the version, and can be cut off.
function server(start: Report) {
  const state = { report: start, cut: false, saves: [] as Schema<'UpdateReportInput'>[] };
  const write = (body: Partial<Schema<'UpdateReportInput'>>) => {
    const content = { ...state.report.content, ...body } as Report['content'];
    state.report = { ...state.report, version: state.report.version + 1, content, updatedAt: '2026-11-23T03:32:00Z' };
    return state.report;
  };
  return {
    state,
    /** Somebody else at work. */
    write,
    wire: {
      save: (read: Pick<Report, 'id' | 'version'>, body: Schema<'UpdateReportInput'>) => {
        if (state.cut) return Promise.reject(new ApiProblem(0, unreachable, ''));
        if (read.version !== state.report.version) return Promise.reject(new ApiProblem(409, 'stale_version', '', [], state.report.version));
        state.saves.push(body);
        return Promise.resolve(write(body));
      },
      read: () => Promise.resolve(state.report),
    },
  };
}

const scopes: EffectScope[] = [];
function open(at: ReturnType<typeof server>) {
  const scope = effectScope();
  scopes.push(scope);
  const autosave = scope.run(() => useAutosave(at.state.report, at.wire, () => undefined));
  if (!autosave) throw new Error('no scope');
  return { ...autosave, close: () => scope.stop() };
}

/** Lets the watcher see what was typed, then the pause pass. */
async function wait(milliseconds = 1000) {
  await nextTick();
  await vi.advanceTimersByTimeAsync(milliseconds);
}

describe('saving as one types', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });
  afterEach(() => {
    scopes.splice(0).forEach((scope) => scope.stop());
    vi.useRealTimers();
  });

  it('sends what was typed once the typing pauses, and only that', async () => {
    const at = server(reportOf());
    const { draft, state, savedAt } = open(at);
    draft.value.problems = 'fl';
    await wait(300);
    draft.value.problems = 'flood';
    await wait(300);
    expect(at.state.saves).toEqual([]);
    await wait();
    expect(at.state.saves).toEqual([{ problems: 'flood' }]);
    expect(state.value).toBe('saved');
    expect(savedAt.value).toBe('2026-11-23T03:32:00Z');
  });

  it('keeps words on the device while there is no network, and sends them when it returns', async () => {
    const at = server(reportOf());
    const { draft, state } = open(at);
    at.state.cut = true;
    draft.value.problems = 'flood';
    await wait();
    expect(state.value).toBe('offline');
    expect(localStorage.getItem('zhongda.draft.report.1')).toContain('flood');
    at.state.cut = false;
    dispatchEvent(new Event('online'));
    await wait(0);
    expect(state.value).toBe('saved');
    expect(at.state.report.content.problems).toBe('flood');
    expect(localStorage.getItem('zhongda.draft.report.1')).toBeNull();
  });

  it('finds the words again after the tab was closed', async () => {
    const at = server(reportOf());
    at.state.cut = true;
    const first = open(at);
    first.draft.value.problems = 'flood';
    await wait();
    first.close();
    at.state.cut = false;
    at.write({ coordination: 'water' });
    const second = open(at);
    expect(second.restored.value).toBe(true);
    expect(second.draft.value).toMatchObject({ problems: 'flood', coordination: 'water' });
    await wait();
    expect(at.state.report.content).toMatchObject({ problems: 'flood', coordination: 'water' });
  });

  it('takes what somebody else saved and keeps its own words on top', async () => {
    const at = server(reportOf());
    const { draft, state, stale, followed, overlaps } = open(at);
    at.write({ coordination: 'water' });
    draft.value.problems = 'flood';
    await wait();
    await wait();
    expect(stale.value).toBe(true);
    expect(followed.value).toEqual(['coordination']);
    expect(overlaps.value).toEqual([]);
    expect(state.value).toBe('saved');
    expect(at.state.report.content).toMatchObject({ problems: 'flood', coordination: 'water' });
  });

  it('overwrites nobody: a field that both changed waits for a choice', async () => {
    const at = server(reportOf());
    const { draft, overlaps, keepMine } = open(at);
    at.write({ problems: 'theirs' });
    draft.value.problems = 'mine';
    draft.value.nextSteps = 'pump';
    await wait();
    await wait();
    expect(overlaps.value).toEqual([{ field: 'problems', mine: 'mine', theirs: 'theirs' }]);
    expect(at.state.report.content).toMatchObject({ problems: 'theirs', nextSteps: 'pump' });
    keepMine('problems');
    await wait();
    expect(at.state.report.content.problems).toBe('mine');
  });

  it('takes theirs when that is the choice', async () => {
    const at = server(reportOf());
    const { draft, dirty, takeTheirs } = open(at);
    at.write({ problems: 'theirs' });
    draft.value.problems = 'mine';
    await wait();
    takeTheirs('problems');
    await wait();
    expect(draft.value.problems).toBe('theirs');
    expect(dirty.value).toBe(false);
  });

  it('does not send half a percentage, and loses nothing typed during a save', async () => {
    const at = server(reportOf());
    const { draft, state } = open(at);
    draft.value.progress = '4x';
    draft.value.problems = 'flood';
    await wait();
    expect(at.state.saves).toEqual([{ problems: 'flood' }]);
    expect(state.value).toBe('typing');
    draft.value.progress = '42';
    await wait();
    expect(at.state.saves.at(-1)).toEqual({ progress: '42' });
    expect(state.value).toBe('saved');
  });

  it('stops when the report was submitted meanwhile, and keeps the words here', async () => {
    const at = server(reportOf());
    const { draft, editable } = open(at);
    at.state.report = { ...at.state.report, version: 2, allowed: [], content: contentOf() };
    draft.value.problems = 'flood';
    await wait();
    await wait();
    expect(editable.value).toBe(false);
    expect(at.state.saves).toEqual([]);
    expect(localStorage.getItem('zhongda.draft.report.1')).toContain('flood');
  });
});
