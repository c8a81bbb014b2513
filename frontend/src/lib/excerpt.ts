/** The beginning of a text that is told in full elsewhere; a short one is left as it is. */
export function excerpt(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most).join('').trimEnd()}……`;
}
