import { describe, expect, it } from 'vitest';
import { gather } from './chunk-groups.mjs';

const chunk = (fileName: string, facadeModuleId: string | null, imports: string[], ...moduleIds: string[]) => ({ fileName, facadeModuleId, imports, moduleIds });
const chunks = [
  chunk('main.js', '/main.ts', ['vue.js'], '/main.ts'),
  chunk('vue.js', null, [], '/vue.ts'),
  chunk('list.js', '/List.vue', ['grid.js', 'bar.js', 'vue.js'], '/List.vue', '/row.ts'),
  chunk('board.js', '/Board.vue', ['bar.js'], '/Board.vue'),
  chunk('bar.js', null, ['grid.js'], '/bar.ts'),
  chunk('grid.js', null, ['bar.js'], '/grid.ts'), // in a circle
];

describe('what pages share', () => {
  it('is gathered by how many need it, through every chunk between', () => {
    const groups = gather(chunks, [/main/], [{ name: 'views', of: [/List/], shared: 2 }]);
    expect(Object.fromEntries(groups)).toEqual({ '/bar.ts': 'views', '/grid.ts': 'views' });
  });

  it('goes to the first gathering that wants it', () => {
    const groups = gather(chunks, [/main/], [{ name: 'board', of: [/Board/] }, { name: 'list', of: [/List/] }]);
    expect(groups.get('/bar.ts')).toBe('board');
    expect(groups.get('/row.ts')).toBe('list');
  });

  it('leaves alone what the program starts with, and the pages themselves', () => {
    const groups = gather(chunks, [/main/], [{ name: 'all', of: [/List/, /Board/] }]);
    expect([...groups.keys()].sort()).toEqual(['/bar.ts', '/grid.ts', '/row.ts']);
  });

  it('knows its pages: a renamed one fails the build', () => {
    expect(() => gather(chunks, [/main/], [{ name: 'all', of: [/Renamed/] }])).toThrow('Renamed');
  });
});
