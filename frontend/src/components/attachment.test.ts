import { expect, it } from 'vitest';
import { sizeText } from './attachment';

it('says sizes as people do', () => {
  expect([1, 1024, 319_488, 2 ** 20, 4_400_000].map(sizeText)).toEqual(['1 KB', '1 KB', '312 KB', '1.0 MB', '4.2 MB']);
});
