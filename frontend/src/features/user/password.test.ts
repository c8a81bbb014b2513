import { expect, it } from 'vitest';
import { firstPassword } from './password';

it('meets the rule for passwords every time', () => {
  for (let round = 0; round < 200; round += 1) {
    const password = firstPassword();
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
    for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/]) expect(password).toMatch(kind);
    expect(password).not.toMatch(/[0O1lI]/);
  }
});

it('is never the same twice', () => {
  expect(new Set(Array.from({ length: 50 }, firstPassword)).size).toBe(50);
});
