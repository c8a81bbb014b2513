// No 0/O, 1/l/I: a first password is read out or copied by hand.
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;
const groups = 4;
const groupLength = 4;

/** A random whole number below the limit, every one equally likely. */
function below(limit: number): number {
  const ceiling = 256 - (256 % limit);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < ceiling) return byte % limit;
  }
}

const pick = (letters: string) => letters[below(letters.length)] ?? '';

/** A first password to hand over, such as "Kp7x-m3Qw-…": all classes, about 90 bits. */
export function firstPassword(): string {
  const length = groups * groupLength;
  const letters = Array.from({ length }, (_, place) => pick(classes[place] ?? classes.join('')));
  // The three that were certain must not stand where everybody knows them to be.
  for (let place = length - 1; place > 0; place -= 1) {
    const other = below(place + 1);
    [letters[place], letters[other]] = [letters[other] ?? '', letters[place] ?? ''];
  }
  return Array.from({ length: groups }, (_, group) => letters.slice(group * groupLength, (group + 1) * groupLength).join('')).join('-');
}
