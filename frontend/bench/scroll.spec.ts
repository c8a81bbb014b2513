import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../e2e/test';

// How the list holds when somebody scrolls far down it: figures to read, nothing to pass. On a machine with other
// work the clock's figures stretch; those of one run are to be compared with each other, depth by depth.
const depths = [1_000, 5_000, 20_000];
const house = fileURLToPath(new URL('../..', import.meta.url));
const crowd = process.env['BENCH_SCROLL_PROJECTS'] ?? '100000';

interface Depth {
  row: number;
  frames: number;
  slow: number;
  longest: number;
  nodes: number;
  heap: number;
}

test.use({ as: 'manager' });
test('what scrolling far down the list costs', async ({ page }) => {
  if (crowd !== '0') execFileSync('go', ['run', './repository/repositorytest/crowd', crowd], { cwd: house, stdio: 'inherit' });
  await page.goto('/projects', { waitUntil: 'networkidle' });
  await page.locator('[data-row="10"]').waitFor();
  console.log(`\nscrolling ${crowd} projects, nine rows a frame; on the way to the row: frames | over 50 ms | longest task ms | DOM nodes | heap MB`);
  for (const depth of depths) {
    const at = await page.evaluate(async (target): Promise<Depth> => {
      const grid = document.querySelector('.ui-grid') as HTMLElement;
      const tasks: number[] = [];
      const watching = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
      watching.observe({ type: 'longtask' });
      const reached = () => Number([...grid.querySelectorAll<HTMLElement>('[data-row]')].at(-1)?.dataset['row'] ?? 0);
      const start = performance.now();
      let [frames, slow, nodes, before] = [0, 0, 0, start];
      while (reached() < target && performance.now() - start < 300_000) {
        const now = await new Promise(requestAnimationFrame);
        frames += 1;
        if (now - before > 50) slow += 1;
        before = now;
        if (frames % 20 === 0) nodes = Math.max(nodes, document.querySelectorAll('*').length);
        grid.scrollTop += 400;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      watching.disconnect();
      const { memory } = performance as Performance & { memory?: { usedJSHeapSize: number } };
      return { row: reached(), frames, slow, longest: Math.max(0, ...tasks), nodes, heap: (memory?.usedJSHeapSize ?? 0) / 1e6 };
    }, depth);
    console.log(`${String(depth).padStart(7)} ${String(at.frames).padStart(6)} | ${at.slow} | ${at.longest.toFixed(0)} | ${at.nodes} | ${at.heap.toFixed(0)}`);
    expect(at.row, 'the rows were there').toBeGreaterThanOrEqual(depth);
  }
});
