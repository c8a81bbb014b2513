import { mount } from '@vue/test-utils';
import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useLeaveGuard } from './useLeaveGuard';

const page = { component: { render: () => null } };

async function open(dirty: () => boolean) {
  const routes = ['/a', '/b'].map((path) => ({ path, ...page, meta: { title: '' } }));
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes, { path: '/sign-in', ...page, meta: { title: '', open: true as const } }] });
  await router.push('/a');
  let guard!: ReturnType<typeof useLeaveGuard>;
  const form = mount(defineComponent({ setup: () => ((guard = useLeaveGuard(dirty)), () => h('i')) }), { global: { plugins: [router] } });
  return { router, form, guard, at: () => router.currentRoute.value.fullPath };
}

it('a link waits for the answer while something is typed', async () => {
  const { router, guard, at } = await open(() => true);
  void router.push('/b');
  await flushPromises();
  expect([guard.asking.value, at()]).toEqual([true, '/a']);
  guard.stay();
  await flushPromises();
  expect([guard.asking.value, at()]).toEqual([false, '/a']);
  void router.push('/b');
  await flushPromises();
  guard.leave();
  await flushPromises();
  expect(at()).toBe('/b');
});

it('asks nobody who typed nothing, stays on the page, must sign in, or is gone', async () => {
  const clean = await open(() => false);
  await clean.router.push('/b');
  expect(clean.at()).toBe('/b');
  const typing = await open(() => true);
  await typing.router.push('/a?tab=2');
  expect(typing.at()).toBe('/a?tab=2');
  await typing.router.push('/sign-in');
  expect(typing.at()).toBe('/sign-in');
  typing.form.unmount();
  await typing.router.push('/b');
  expect(typing.at()).toBe('/b');
});
