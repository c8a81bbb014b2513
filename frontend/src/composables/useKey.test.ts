import { mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { useKey } from './useKey';

it('hears its key anywhere, but not in a field, with Ctrl, or once it is gone', () => {
  const act = vi.fn();
  const page = mount(defineComponent({ setup: () => (useKey('/', act), () => h('input')) }), { attachTo: document.body });
  const press = (target: EventTarget, init: KeyboardEventInit = {}) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true, ...init }));

  expect(press(document.body), 'the letter itself goes nowhere').toBe(false);
  expect(act).toHaveBeenCalledTimes(1);
  press(page.element);
  press(document.body, { ctrlKey: true });
  press(document.body, { key: '?' });
  page.unmount();
  press(document.body);
  expect(act).toHaveBeenCalledTimes(1);
});
