import { describe, expect, it } from 'vitest';
import { grouped, isDecimal, round, shift, sum, trimmed } from './decimal';

describe('decimal', () => {
  it.each([
    ['123456789.00', -8, '1.2345678900'],
    ['1', -8, '0.00000001'],
    ['0.5', -4, '0.00005'],
    ['1.2', 3, '1200'],
    ['1.2345', 2, '123.45'],
    ['-12.5', -1, '-1.25'],
    ['0.00', -4, '0.000000'],
    ['0', 8, '0'],
  ])('shift(%s, %i) is %s', (from, places, to) => expect(shift(from, places)).toBe(to));

  it.each([
    ['1.005', 2, '1.01'],
    ['2.675', 2, '2.68'],
    ['0.994', 2, '0.99'],
    ['9.995', 2, '10.00'],
    ['-1.005', 2, '-1.01'],
    ['-0.001', 2, '0.00'],
    ['7', 2, '7.00'],
    ['99999999999999999999.995', 2, '100000000000000000000.00'],
    ['2.5', 0, '3'],
  ])('round(%s, %i) is %s', (from, places, to) => expect(round(from, places)).toBe(to));

  it.each([
    ['1234567.8', '1,234,567.8'],
    ['123', '123'],
    ['-1000', '-1,000'],
    ['12345678901234567890', '12,345,678,901,234,567,890'],
  ])('grouped(%s) is %s', (from, to) => expect(grouped(from)).toBe(to));

  it.each([
    ['12.50', '12.5'],
    ['3.00', '3'],
    ['100', '100'],
    ['0.00', '0'],
  ])('trimmed(%s) is %s', (from, to) => expect(trimmed(from)).toBe(to));

  it('knows what is no decimal', () => {
    for (const text of ['', '.', '.5', '1e3', '0x10', '1,000', ' 1', '--1', '一']) expect(isDecimal(text)).toBe(false);
    expect(() => shift('1e3', 1)).toThrow(RangeError);
  });
});

describe('a sum', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['310000000.00', '12000000', '322000000.00'],
    ['9999999999999999.99', '0.01', '10000000000000000.00'],
    ['0', '0.00', '0.00'],
  ])('%s + %s = %s', (one, other, expected) => expect(sum(one, other)).toBe(expected));
});
