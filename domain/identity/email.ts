/** One account an address: upper and lower case are the same. The contract lets only ASCII through. */
export const emailKeyOf = (email: string): string => email.toLowerCase();
