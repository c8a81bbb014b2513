// Exact arithmetic on decimals written as text. Money never passes through a
// floating-point number: 0.1 + 0.2 is not a sum one may print in a budget.

const shape = /^(-?)(\d+)(?:\.(\d*))?$/;

/** Whether the text is a plain decimal such as "-12.50". */
export function isDecimal(text: string): boolean {
  return shape.test(text);
}

function parts(decimal: string): { sign: string; whole: string; fraction: string } {
  const match = shape.exec(decimal);
  if (!match) throw new RangeError(`not a decimal: ${decimal}`);
  return { sign: match[1] ?? '', whole: match[2] ?? '0', fraction: match[3] ?? '' };
}

function join(sign: string, whole: string, fraction: string): string {
  const trimmed = whole.replace(/^0+(?=\d)/, '');
  const text = fraction ? `${trimmed}.${fraction}` : trimmed;
  return /[1-9]/.test(text) ? sign + text : text; // there is no "-0.00"
}

/** Moves the point: shift("123.45", -2) is "1.2345", shift("1.2", 3) is "1200". */
export function shift(decimal: string, places: number): string {
  const { sign, whole, fraction } = parts(decimal);
  const left = '0'.repeat(Math.max(0, -places)) + whole;
  const digits = left + fraction.padEnd(places, '0');
  const point = left.length + places;
  return join(sign, digits.slice(0, point), digits.slice(point));
}

/** Rounds half away from zero, as invoices do, to exactly that many places. */
export function round(decimal: string, places: number): string {
  const { sign, whole, fraction } = parts(decimal);
  const kept = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  const up = (fraction[places] ?? '0') >= '5' ? 1n : 0n;
  const digits = (kept + up).toString().padStart(places + 1, '0');
  return join(sign, digits.slice(0, digits.length - places), digits.slice(digits.length - places));
}

/** Thousands separators: "1234567.8" is "1,234,567.8". */
export function grouped(decimal: string): string {
  const { sign, whole, fraction } = parts(decimal);
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return sign + (fraction ? `${text}.${fraction}` : text);
}

/** Drops zeros that say nothing: "12.50" is "12.5", "3.00" is "3". */
export function trimmed(decimal: string): string {
  const { sign, whole, fraction } = parts(decimal);
  return join(sign, whole, fraction.replace(/0+$/, ''));
}

/** The exact sum, with as many places as the longer of the two; neither may be below zero. */
export function sum(one: string, other: string): string {
  const [a, b] = [parts(one), parts(other)];
  const places = Math.max(a.fraction.length, b.fraction.length);
  const units = ({ whole, fraction }: { whole: string; fraction: string }) => BigInt(whole + fraction.padEnd(places, '0'));
  return shift((units(a) + units(b)).toString(), -places);
}
