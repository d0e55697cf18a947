/** The token in `#token=…`: that part of an address never leaves the browser. */
export const tokenOf = (hash: string): string | null => /^#(?:.*&)?token=([A-Za-z0-9_-]+)$/.exec(hash)?.[1] ?? null;
