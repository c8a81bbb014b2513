import { describe, expect, it } from 'vitest';
import { lacking } from './brief';

describe('what a gate lacks', () => {
  it('is what is required and neither met nor shown not to apply', () => {
    const line = (code: string, required: boolean, verdict: 'yes' | 'no' | 'not_applicable' | null) => ({ code, required, verdict });
    const items = [line('a', true, null), line('b', true, 'yes'), line('c', true, 'no'), line('d', true, 'not_applicable'), line('e', false, null)];
    expect(lacking(items).map(({ code }) => code)).toEqual(['a', 'c']);
  });
});
