import { describe, expect, it } from 'vitest';
import { excerpt } from './excerpt';

describe('an excerpt', () => {
  it('leaves a short text and cuts a long one between characters', () => {
    expect(excerpt('主体完工', 4)).toBe('主体完工');
    expect(excerpt('主体 完工𠮷𠮷', 3)).toBe('主体……');
    expect(excerpt('𠮷𠮷𠮷', 2)).toBe('𠮷𠮷……');
  });
});
