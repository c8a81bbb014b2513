import { describe, expect, it } from 'vitest';
import { centreOf, corridorThrough, frameOf, linesOf, pointsOf, type Shape } from './drawing';

const square = (district: string, x: number, y: number): Shape => ({ district, label: `${x + 1},${y + 1}`, outline: `${x},${y} ${x + 2},${y} ${x + 2},${y + 2} ${x},${y + 2}` });
const shapes = [square('east', 20, 0), square('west', 0, 0), square('middle', 8, 4)];

describe('a drawing', () => {
  it('is read as it is written', () => {
    expect(pointsOf('1,2 -3.5,4')).toEqual([{ x: 1, y: 2 }, { x: -3.5, y: 4 }]);
  });

  it('has its middle by area, not by how many corners lie where', () => {
    expect(centreOf('0,0 1,0 2,0 4,0 4,4 0,4')).toEqual({ x: 2, y: 2 });
    expect(centreOf('3,3 3,3 3,3')).toEqual({ x: 3, y: 3 });
  });

  it('fits into its frame with labels outside of their shapes', () => {
    expect(frameOf([...shapes, { ...square('isle', 0, 0), label: '-5,9' }])).toEqual({ left: -7, top: -2, width: 31, height: 13 });
  });
});

describe('a corridor', () => {
  it('runs from the west to what is nearest, whatever order the districts have', () => {
    expect(corridorThrough(['east', 'middle', 'west'], shapes).map(({ x }) => x)).toEqual([1, 9, 21]);
  });

  it('leaves out what nobody has drawn', () => {
    expect(corridorThrough(['west', 'unknown'], shapes)).toHaveLength(1);
    expect(corridorThrough([], shapes)).toEqual([]);
  });
});

describe('names on the map', () => {
  it.each([
    ['福田区', ['福田区']],
    ['深汕特别合作区', ['深汕特别', '合作区']],
    ['Shenzhen-Shanwei Special Cooperation Zone', ['Shenzhen-Shanwei', 'Special', 'Cooperation', 'Zone']],
    ['Qianhai', ['Qianhai']],
    ['Dapeng New Area', ['Dapeng New', 'Area']],
  ])('%s', (name, lines) => expect(linesOf(name)).toEqual(lines));
});
