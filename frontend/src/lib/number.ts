import { grouped, round, shift, trimmed } from './decimal';

// Both languages write numbers alike. The browser's own formatter would do it too, but takes a phone fifty milliseconds
// to make, and no page comes without a number.

/** With its thousands apart, to three places at most: "10,355". */
export const numberText = (value: number) => grouped(trimmed(round(value.toFixed(6), 3)));

/** From a share of one: 0.432 is "43.2%". */
export const percentText = (share: number) => `${grouped(trimmed(round(shift(share.toFixed(6), 2), 1)))}%`;
