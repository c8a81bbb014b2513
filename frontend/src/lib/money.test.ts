import { describe, expect, it } from 'vitest';
import { fromInput, moneyNumber, moneyText, toInput, unitLabel, type Locale, type MoneyUnit } from './money';

describe('money as the reader sees it', () => {
  it.each<[string, MoneyUnit, Locale, string]>([
    ['468000000.00', 'yi', 'zh', '4.68 亿元'],
    ['468000000.00', 'yi', 'en', 'CNY 468.0 m'],
    ['468000000.00', 'wan', 'zh', '46,800.00 万元'],
    ['468000000.00', 'wan', 'en', 'CNY 468,000 k'],
    ['2554700000000.00', 'yi', 'zh', '25,547.00 亿元'],
    ['0.00', 'yi', 'zh', '0.00 亿元'],
    ['12345678901234567890.00', 'yi', 'zh', '123,456,789,012.35 亿元'],
  ])('%s in %s, %s', (yuan, unit, locale, text) => expect(moneyText(yuan, unit, locale)).toBe(text));

  it('prints the unit in the heading and the number in the cell', () => {
    expect(unitLabel('yi', 'zh')).toBe('亿元');
    expect(moneyNumber('468000000.00', 'yi', 'zh')).toBe('4.68');
  });
});

describe('money as it is typed', () => {
  it('survives the way there and back to the 分', () => {
    for (const yuan of ['0.01', '123456789.01', '99999999999999.99', '0.00', '468000000.00']) {
      for (const unit of ['wan', 'yi'] as const) {
        for (const locale of ['zh', 'en'] as const) {
          expect(fromInput(toInput(yuan, unit, locale), unit, locale)).toBe(yuan);
        }
      }
    }
  });

  it('forgives separators, spaces and full-width digits', () => {
    expect(fromInput(' 1,234.5 ', 'wan', 'zh')).toBe('12345000.00');
    expect(fromInput('１２．５', 'yi', 'zh')).toBe('1250000000.00');
  });

  it('refuses what is no amount', () => {
    for (const typed of ['', 'abc', '-1', '1.2.3', '1e3', '0.0000001']) expect(fromInput(typed, 'wan', 'zh')).toBeNull();
  });
});
