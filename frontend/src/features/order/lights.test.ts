import { expect, it } from 'vitest';
import { lightsOf } from './lights';

const shown = (...[ruleLight, ownerLight, reviewerLight]: ['red' | 'grey' | null, 'red' | 'green' | null, 'yellow' | null]) =>
  lightsOf({ ruleLight, ownerLight, reviewerLight }).map(({ kind, light }) => `${kind} ${light}`);

it('shows the rule’s light, and the owner’s where that differs', () => {
  expect(shown('red', 'green', null)).toEqual(['rule red', 'owner green']);
  expect(shown('red', 'red', null)).toEqual(['rule red']);
  expect(shown('grey', null, 'yellow')).toEqual(['rule grey', 'owner null', 'reviewer yellow']);
});

it('shows the owner’s alone where no other was kept', () => expect(shown(null, 'green', null)).toEqual(['owner green']));
