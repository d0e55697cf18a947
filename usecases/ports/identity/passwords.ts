/** What a guesser would try first for this person. */
export type PasswordContext = { readonly email?: string; readonly displayName?: string };

export type Passwords = {
  /** Slow by intent; the answer carries its own salt and parameters. */
  readonly hash: (password: string) => Promise<string>;
  /** Without a hash it takes as long and says no: an unknown address must not answer faster. */
  readonly verify: (password: string, hash: string | undefined) => Promise<boolean>;
  /** The rule that a new password breaks, in words that follow "the password"; undefined when it is good. */
  readonly faultOf: (password: string, context: PasswordContext) => string | undefined;
};
