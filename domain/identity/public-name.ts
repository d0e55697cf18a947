/** How a person stands on leaderboards; `masked` where nothing was chosen. */
export const BOARD_CHOICES = ['masked', 'named', 'hidden'] as const;
export type BoardChoice = (typeof BOARD_CHOICES)[number];

/**
 * `Jane Doe` → `J••• D.`, `Terry` → `T•••`: the first letters, and always as many dots, so that no length is told. A name
 * without a letter or digit to begin with is all dots.
 */
export function maskedName(displayName: string): string {
  const initials = displayName
    .trim()
    .split(/\s+/u)
    .map((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word)?.[0] ?? '')
    .filter((initial) => initial !== '');
  const [first = '', ...others] = initials;
  const last = others.at(-1);
  return last === undefined ? `${first}•••` : `${first}••• ${last}.`;
}
