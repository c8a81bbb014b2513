import { describe, expect, it } from 'vitest';
import { keys } from '@/api/keys';
import { merged, touches, type News } from './news';

const news = (noun: News['noun'], ids: number[] = [], projects: number[] = [], many = false): News => ({ noun, ids, projects, many });

describe('what a piece of news makes stale', () => {
  it('a project: its own page, every list and count, no other page', () => {
    const told = news('project', [7], [7]);
    expect(touches(told, keys.project.detail(7))).toBe(true);
    expect(touches(told, keys.project.history(7))).toBe(true);
    expect(touches(told, keys.project.detail(8))).toBe(false);
    for (const key of [keys.project.list({ q: 'x' }), keys.project.facets({}), keys.pipeline({}), keys.rolling({}), keys.light.ofProject(7)]) expect(touches(told, key)).toBe(true);
    for (const key of [keys.light.rule, keys.light.ofProject(8), keys.report.work, keys.session, keys.instance]) expect(touches(told, key)).toBe(false);
  });

  it('a report: itself, its project’s reports, the desk and the queue', () => {
    const told = news('report', [3], [7]);
    for (const key of [[...keys.report.detail(3), 'zh'], keys.report.ofProject(7), keys.report.work, keys.report.overdue, [...keys.review, {}]]) expect(touches(told, key)).toBe(true);
    for (const key of [keys.report.detail(4), keys.report.ofProject(8), keys.project.list({})]) expect(touches(told, key)).toBe(false);
  });

  it('too many to name: all of the noun', () => {
    expect(touches(news('report', [], [], true), keys.report.detail(4))).toBe(true);
    expect(touches(news('attachment', [], [], true), keys.attachments(4))).toBe(true);
  });

  it('the inbox, but not the settings beside it', () => {
    expect(touches(news('notice', [1]), keys.notice('count'))).toBe(true);
    expect(touches(news('notice', [1]), keys.notice('mail'))).toBe(false);
  });
});

it('what waits is named once, and not without bound', () => {
  expect(merged([news('project', [1], [1])], [news('project', [1, 2], [1, 2]), news('rule', [1])])).toEqual([news('project', [1, 2], [1, 2]), news('rule', [1])]);
  const lots = Array.from({ length: 201 }, (_, index) => index);
  expect(merged([news('project', lots, lots)], [news('project', [900], [900])])).toEqual([news('project', [], [], true)]);
});
