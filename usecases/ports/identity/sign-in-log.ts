import type { UserId } from '../../../domain/kernel/ids';

/** A line about somebody who was not let in, for whoever looks for an attack: never an address, never a password. */
export type SignInLog = {
  readonly refused: (line: {
    readonly action: 'sign-in' | 'confirmation' | 'password-change';
    readonly reason: string;
    /** Undefined where nobody has that address. */
    readonly userId: UserId | undefined;
    readonly source: string;
    readonly correlationId: string;
  }) => void;
};
