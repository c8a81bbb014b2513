import type { Schema } from '@/api/client';

export type Shape = Schema<'DistrictShape'>;

export interface Point {
  x: number;
  y: number;
}

/** Reads "1,2 3,4". */
export function pointsOf(text: string): Point[] {
  return text.split(' ').map((point) => {
    const [x = 0, y = 0] = point.split(',').map(Number);
    return { x, y };
  });
}

/** The middle of a shape by its area, which lies inside all but hooked ones. */
export function centreOf(outline: string): Point {
  const points = pointsOf(outline);
  let area = 0;
  let x = 0;
  let y = 0;
  points.forEach((point, index) => {
    const next = points[(index + 1) % points.length] ?? point;
    const cross = point.x * next.y - next.x * point.y;
    area += cross;
    x += (point.x + next.x) * cross;
    y += (point.y + next.y) * cross;
  });
  return area === 0 ? (points[0] ?? { x: 0, y: 0 }) : { x: x / (3 * area), y: y / (3 * area) };
}

const margin = 2;

/** The part of the plane that holds every shape and label. */
export function frameOf(shapes: readonly Shape[]): { left: number; top: number; width: number; height: number } {
  const points = shapes.flatMap(({ outline, label }) => [...pointsOf(outline), ...pointsOf(label)]);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.min(...xs) - margin;
  const top = Math.min(...ys) - margin;
  return { left, top, width: Math.max(...xs) + margin - left, height: Math.max(...ys) + margin - top };
}

/**
 * A corridor through the middles of its districts: from the one farthest west always on
 * to the nearest. Districts that nobody has drawn are left out.
 */
export function corridorThrough(districts: readonly string[], shapes: readonly Shape[]): Point[] {
  const left = shapes.filter(({ district }) => districts.includes(district)).map(({ outline }) => centreOf(outline));
  left.sort((one, other) => one.x - other.x);
  const path = left.splice(0, 1);
  while (left.length > 0) {
    const end = path[path.length - 1] ?? { x: 0, y: 0 };
    left.sort((one, other) => Math.hypot(one.x - end.x, one.y - end.y) - Math.hypot(other.x - end.x, other.y - end.y));
    path.push(...left.splice(0, 1));
  }
  return path;
}

/** A name in lines of about this many letters; Chinese has no spaces and is cut anywhere. */
export function linesOf(name: string): string[] {
  if (/\p{Script=Han}/u.test(name)) return name.length > 5 ? [name.slice(0, Math.ceil(name.length / 2)), name.slice(Math.ceil(name.length / 2))] : [name];
  return name.split(' ').reduce<string[]>((lines, word) => {
    const last = lines[lines.length - 1];
    if (last !== undefined && `${last} ${word}`.length <= 12) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
    return lines;
  }, []);
}
