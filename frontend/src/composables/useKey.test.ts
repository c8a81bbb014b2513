import { mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { shortcuts, useKey } from './useKey';

const screen = (keys: () => void) => mount(defineComponent({ setup: () => (keys(), () => h('input')) }), { attachTo: document.body });

it('hears its key anywhere, but not in a field, with Ctrl, or once it is gone', () => {
  const act = vi.fn();
  const page = screen(() => useKey('/', act));
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

it('single keys rest when the reader wants none; arrows and names of keys go on', () => {
  const acts = [vi.fn(), vi.fn()];
  const page = screen(() => {
    useKey('x', acts[0] as () => void, 'ui.close');
    useKey('ArrowLeft', acts[1] as () => void);
  });
  expect([...shortcuts]).toEqual([{ key: 'x', label: 'ui.close' }]);
  localStorage.setItem('zhongda.keys', 'off');
  for (const key of ['x', 'ArrowLeft']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  localStorage.removeItem('zhongda.keys');
  expect(acts.map((act) => act.mock.calls.length)).toEqual([0, 1]);
  page.unmount();
  expect(shortcuts.size).toBe(0);
});
