import { describe, expect, it } from 'vitest';
import { ownPath } from './returnPath';

describe('the way back after sign-in', () => {
  it('keeps a path of our own with its filter', () => {
    expect(ownPath('/projects?district=440305&q=%E6%B8%AF#row')).toBe('/projects?district=440305&q=%E6%B8%AF#row');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/x',
    '/\\evil.example',
    '/..//evil.example',
    '\t//evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/projects'],
    '/sign-in?return=/sign-in',
  ])('refuses %o', (wanted) => expect(ownPath(wanted)).toBe('/'));
});
