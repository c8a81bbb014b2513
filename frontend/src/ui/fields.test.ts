import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { PlanDate } from '@/lib/dates';
import UiDateField from './UiDateField.vue';
import UiMoneyField from './UiMoneyField.vue';
import UiTextField from './UiTextField.vue';

describe('text field', () => {
  it('ties label, hint and error to the input', () => {
    const field = mount(UiTextField, { props: { modelValue: '', id: 'f', label: '名称', hint: '与批复一致', error: '请填写' } });
    const input = field.get('input');
    expect(field.get('label').attributes('for')).toBe('f');
    expect(input.attributes('aria-invalid')).toBe('true');
    const described = (input.attributes('aria-describedby') ?? '').split(' ').map((id) => field.get(`#${id}`).text());
    expect(described).toEqual(['与批复一致', '请填写']);
  });

  it('says nothing about an error that is not there', () => {
    const input = mount(UiTextField, { props: { modelValue: '', label: '名称' } }).get('input');
    expect(input.attributes('aria-invalid')).toBeUndefined();
    expect(input.attributes('aria-describedby')).toBeUndefined();
  });

  it('hands other attributes to the input, not to its frame', () => {
    const field = mount(UiTextField, { props: { modelValue: '', label: '密码' }, attrs: { autocomplete: 'off' } });
    expect(field.get('input').attributes('autocomplete')).toBe('off');
    expect(field.attributes('autocomplete')).toBeUndefined();
  });
});

describe('money field', () => {
  const money = (modelValue: string | null) =>
    mount(UiMoneyField, { props: { modelValue, label: '总投资', unit: 'yi', locale: 'zh' } });
  const last = (field: ReturnType<typeof money>) => field.emitted('update:modelValue')?.at(-1);

  it('shows 元 in the unit and gives back 元', async () => {
    const field = money('468000000.00');
    expect(field.get('input').element.value).toBe('4.68');
    expect(field.text()).toContain('468,000,000.00');
    await field.get('input').setValue('0.00000001');
    expect(last(field)).toEqual(['1.00']);
  });

  it('is null, with a reason, while what is typed is no amount', async () => {
    const field = money('468000000.00');
    await field.get('input').setValue('很多');
    expect(last(field)).toEqual([null]);
    await field.setProps({ modelValue: null });
    expect(field.get('input').element.value).toBe('很多');
    expect(field.get('input').attributes('aria-invalid')).toBe('true');
  });

  it('follows the unit without changing the amount', async () => {
    const field = money('468000000.00');
    await field.setProps({ unit: 'wan' });
    expect(field.get('input').element.value).toBe('46800');
    expect(field.emitted('update:modelValue')).toBeUndefined();
  });
});

describe('date field', () => {
  const date = (modelValue: PlanDate | null) => mount(UiDateField, { props: { modelValue, label: '预计完成', from: 2024, to: 2030 } });
  const last = (field: ReturnType<typeof date>) => field.emitted('update:modelValue')?.at(-1);

  it('shows a quarter as a quarter', () => {
    const [precision, year, part] = date({ date: '2027-09-30', precision: 'quarter' }).findAll('select').map(({ element }) => element.value);
    expect([precision, year, part]).toEqual(['quarter', '2027', '3']);
  });

  it('is null until it is complete', async () => {
    const field = date(null);
    await field.findAll('select')[0]?.setValue('month');
    await field.findAll('select')[1]?.setValue('2028');
    expect(last(field)).toBeUndefined();
    await field.findAll('select')[2]?.setValue('2');
    expect(last(field)).toEqual([{ date: '2028-02-29', precision: 'month' }]);
    await field.findAll('select')[0]?.setValue('quarter');
    expect(last(field)).toEqual([null]);
  });

  it('offers a year outside its range when the date has it', () => {
    const field = date({ date: '2021-12-31', precision: 'year' });
    expect(field.findAll('select')[1]?.element.value).toBe('2021');
  });

  it('has a day for a day, and never the month picker of one browser', async () => {
    const field = date({ date: '2027-06-05', precision: 'day' });
    expect(field.get('input').attributes('type')).toBe('date');
    await field.get('input').setValue('2027-06-06');
    expect(last(field)).toEqual([{ date: '2027-06-06', precision: 'day' }]);
    expect(field.find('input[type=month]').exists()).toBe(false);
  });
});
