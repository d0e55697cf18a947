import { generateKeyPairSync } from 'node:crypto';
import { makeAccessTokens, publicKeys, type SigningKey } from '../../../adapters/crypto/access-tokens';
import { makePasswords } from '../../../adapters/crypto/passwords';
import { randomTokens } from '../../../adapters/crypto/random-tokens';
import { idOf, type SessionId, type UserId } from '../../../domain/kernel/ids';
import { DAY_MS, instant, plusMs } from '../../../domain/kernel/instant';

describe('passwords', () => {
  const passwords = makePasswords();

  test('are kept as argon2id with OWASP’s parameters and a salt of their own', async () => {
    const [one, two] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(two).not.toBe(one);
    expect(await passwords.verify('correct horse', one)).toBe(true);
    expect(await passwords.verify('correct horsf', one)).toBe(false);
  });

  test('are one in every Unicode form of a keyboard', async () => {
    expect(await passwords.verify('cafe\u0301 au lait', await passwords.hash('caf\u00e9 au lait'))).toBe(true);
  });

  test.each([
    ['①②③ au lait', '123 au lait'],
    ['ﬁn du monde', 'fin du monde'],
    ['ｐａｓｓ au lait', 'pass au lait'],
    ['x² au lait', 'x2 au lait'],
  ])('%s is not %s: what was typed is what counts', async (typed, plain) => {
    const hash = await passwords.hash(typed);
    expect([await passwords.verify(plain, hash), await passwords.verify(typed, hash)]).toEqual([false, true]);
  });

  test('nobody’s password is never right, and takes as long to say so', async () => {
    const hash = await passwords.hash('correct horse');
    const took = async (known: string | undefined) => {
      const began = performance.now();
      expect(await passwords.verify('wrong', known)).toBe(false);
      return performance.now() - began;
    };
    // The quickest of many, in turns: what other work on the machine adds falls away.
    let [stranger, known] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let n = 0; n < 12; n++) {
      stranger = Math.min(stranger, await took(undefined));
      known = Math.min(known, await took(hash));
    }
    expect(stranger / known).toBeGreaterThan(0.5);
    expect(stranger / known).toBeLessThan(2);
  });
});

test('random tokens have 256 bits and are found by their hash alone', () => {
  const made = Array.from({ length: 100 }, () => randomTokens.make());
  expect(new Set(made.map(({ token }) => token)).size).toBe(100);
  for (const { token, hash } of made) {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(hash).not.toBe(token);
    expect(randomTokens.hashOf(token)).toBe(hash);
  }
});

describe('access tokens', () => {
  const ISSUER = 'https://desk.example';
  const now = instant(1_764_000_000_000);
  const claims = { userId: idOf<UserId>('u-1'), sessionId: idOf<SessionId>('s-1'), roles: ['trader'] } as const;
  const makeKey = (kid: string): SigningKey => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    return { ...(jwk as Omit<SigningKey, 'kid'>), kid };
  };
  const [old, next] = [makeKey('old'), makeKey('next')];
  const ring = (activeKid: string, ...keys: SigningKey[]) => makeAccessTokens(ISSUER, { activeKid, keys });

  test.each`
    after      | good
    ${0}       | ${true}
    ${599_000} | ${true}
    ${629_000} | ${true}
    ${631_000} | ${false}
    ${DAY_MS}  | ${false}
  `('ten minutes and a little leeway: after $after ms good is $good', async ({ after, good }) => {
    const tokens = await ring('old', old);
    const { token, expiresInS } = await tokens.issue(claims, now);
    expect(expiresInS).toBe(600);
    expect(await tokens.verify(token, plusMs(now, after))).toEqual(
      good ? { userId: 'u-1', sessionId: 's-1' } : undefined,
    );
  });

  test('a rotation: the old key’s tokens stay good while it is in the ring, the new one signs', async () => {
    const { token } = await (await ring('old', old)).issue(claims, now);
    const both = await ring('next', old, next);
    expect(await both.verify(token, now)).toBeDefined();
    const { token: newer } = await both.issue(claims, now);
    const after = await ring('next', next);
    expect([await after.verify(token, now), await after.verify(newer, now)]).toEqual([undefined, expect.anything()]);
  });

  test('another installation’s tokens are nothing here', async () => {
    const { token } = await (await makeAccessTokens('https://other.example', { activeKid: 'old', keys: [old] })).issue(
      claims,
      now,
    );
    expect(await (await ring('old', old)).verify(token, now)).toBeUndefined();
  });

  test('a ring without its active key is refused at once', async () => {
    await expect(ring('gone', old)).rejects.toThrow('activeKid');
  });

  test('what is published has no private part', () => {
    const { keys } = publicKeys({ activeKid: 'old', keys: [old, next] });
    expect(keys.map(({ kid }) => kid)).toEqual(['old', 'next']);
    expect(JSON.stringify(keys)).not.toContain(old.d);
  });
});
