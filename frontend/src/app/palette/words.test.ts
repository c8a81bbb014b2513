import { describe, expect, it } from 'vitest';
import { goTo } from '../goTo';
import { navigation } from '../routes';
import { marked, named, pageWords } from './words';

describe('what finds a page', () => {
  it('every page of the navigation has its initials', () => {
    for (const { name } of navigation(() => true)) expect(pageWords[String(name)], String(name)).toMatch(/^[a-z]/);
  });

  it('part of its name in any case, or the beginning of another word', () => {
    expect(named('审核', '审核队列', 'shdl review queue')).toBe(true);
    expect(named('SHDL', '审核队列', 'shdl review queue')).toBe(true);
    expect(named('rev', '审核队列', 'shdl review queue')).toBe(true);
    expect(named('hdl', '审核队列', 'shdl review queue')).toBe(false);
    expect(named('项目', '审核队列', 'shdl review queue')).toBe(false);
    expect(named('tc', 'Switch to English', 'qhyy')).toBe(false);
  });
});

it('the typed part of a name stands out, whatever its case', () => {
  expect(marked('深圳湾 Super 总部', 'super')).toEqual({ before: '深圳湾 ', hit: 'Super', after: ' 总部' });
  expect(marked('光明水厂', 'gmsc')).toEqual({ before: '光明水厂', hit: '', after: '' });
  expect(marked('a.c', '.')).toEqual({ before: 'a', hit: '.', after: 'c' });
});

it('each letter after g leads to one page', () => {
  expect(new Set(Object.values(goTo)).size).toBe(Object.keys(goTo).length);
  for (const letter of Object.keys(goTo)) expect('jkeg?/').not.toContain(letter);
});
