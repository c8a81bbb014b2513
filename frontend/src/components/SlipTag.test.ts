import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import SlipTag from './SlipTag.vue';

const tag = (days: number | null) => mount(SlipTag, { props: { days } });

it('gives no verdict, and never red, without a baseline', () => {
  expect(tag(null).text()).toBe('无判定');
  expect(tag(null).classes()).toContain('is-none');
});

it.each([
  [0, 'is-ok'],
  [-5, 'is-ok'],
  [30, 'is-warn'],
  [31, 'is-bad'],
])('says %s days in words and colour', (days, tone) => {
  expect(tag(days).classes()).toContain(tone);
  expect(tag(days).text()).toMatch(days === 0 ? /按期/ : String(Math.abs(days)));
});
