/**
 * Text from outside (names of people, of tiers, of markets) in which no reader finds an address to make a link of:
 * viewers of PDF and mail programs look for them by themselves.
 */
export const unlinked = (text: string): string =>
  text
    .replaceAll('://', ': / /')
    .replace(/\bwww\./giu, (word) => `${word} `)
    .replace(/(?<=[\p{L}\p{N}])@(?=[\p{L}\p{N}-]+\.)/gu, ' @ ');
