export type Passwords = {
  /** Slow by intent; the answer carries its own salt and parameters. */
  readonly hash: (password: string) => Promise<string>;
  /** Without a hash it takes as long and says no: an unknown address must not answer faster. */
  readonly verify: (password: string, hash: string | undefined) => Promise<boolean>;
};
