import { describe, expect, it } from 'vitest';
import { matching } from './option';

const options = [
  { value: '1', label: '南山区', keywords: 'nanshan nsq' },
  { value: '2', label: 'Rail', depth: 1 as const },
];

describe('searching options', () => {
  it('finds by label and by keyword, in any case', () => {
    expect(matching(options, '南山')).toHaveLength(1);
    expect(matching(options, 'NSQ')).toHaveLength(1);
    expect(matching(options, ' rail ')).toHaveLength(1);
    expect(matching(options, '福田')).toHaveLength(0);
  });

  it('keeps all when nothing is asked', () => expect(matching(options, '  ')).toHaveLength(2));
});
