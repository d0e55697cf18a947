import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may connect: the id of a key, and its public half. */
export type Member = { readonly keyId: string; readonly publicKey: string };

/** A signature is good for so long. */
const WINDOW_MS = 5_000;

/** Checks the three headers of requests for a connection. */
export class Gate {
  private readonly key: KeyObject;

  constructor(private readonly member: Member) {
    this.key = createPublicKey(member.publicKey);
  }

  isLetIn(headers: IncomingHttpHeaders, path: string, now: number): boolean {
    const [id, at, signature] = ['key', 'timestamp', 'signature'].map((name) => `${headers[`kalshi-access-${name}`]}`);
    if (id !== this.member.keyId || !(Math.abs(now - Number(at)) <= WINDOW_MS)) return false;
    const options = {
      key: this.key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    };
    return verify('sha256', Buffer.from(`${at}GET${path}`), options, Buffer.from(`${signature}`, 'base64'));
  }
}
