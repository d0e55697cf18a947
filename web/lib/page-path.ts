/** A page to return to after signing in: a path of this site, nothing that leads elsewhere. */
export const safeReturn = (next: string | null, otherwise = '/assessments/'): string =>
  next !== null && /^\/(?![/\\])[\w\-/?=&.%]*$/.test(next) ? next : otherwise;

export const signInPath = (here: string): string => `/login/?next=${encodeURIComponent(here)}`;

/** Checkout runs elsewhere; only a web address may be followed there. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s]+$/.test(text);
