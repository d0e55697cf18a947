import { randomUUID } from 'node:crypto';
import { freePort } from '../../fixtures/free-port';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
});
afterAll(() => world.stop());

const PASSWORD = 'correct horse battery';
const address = () => `a-${randomUUID()}@example.com`;
const ip = () => `192.0.2.${Math.floor(Math.random() * 250)}-${randomUUID()}`;

describe('registration', () => {
  const confirm = (token: string | undefined, password: string) =>
    world.call('POST /auth/verify-email', { body: { token, password } });

  test('the mailed link with the password opens the account; it is good once', async () => {
    const email = address();
    const registered = await world.call('POST /auth/register', {
      body: { email, password: PASSWORD, displayName: 'Ann' },
    });
    expect(registered).toMatchObject({ status: 202, body: { status: 'mail_sent_if_applicable' } });
    const early = await world.call('POST /auth/login', { body: { email, password: PASSWORD } });
    expect(early).toMatchObject({ status: 401, body: { refusal: 'credentials_invalid' } });
    const [mail] = await world.mailed(email);
    expect(mail?.subject).toBe('Confirm your e-mail address');
    expect(await confirm(mail?.token, 'not the password')).toMatchObject({
      status: 422,
      body: { refusal: 'password_mismatch', errors: [{ field: 'password' }] },
    });
    expect(await confirm(mail?.token, PASSWORD)).toMatchObject({ status: 200, body: { status: 'verified' } });
    expect(await confirm(mail?.token, PASSWORD)).toMatchObject({
      status: 422,
      body: { refusal: 'token_invalid', errors: [{ field: 'token' }] },
    });
    expect((await world.call('POST /auth/login', { body: { email, password: PASSWORD } })).status).toBe(200);
  });

  test('an address with an account gets the same answer, and its owner a mail', async () => {
    const { email } = await signedIn(world);
    const before = await world.rows('users');
    const again = await world.call('POST /auth/register', {
      body: { email: email.toUpperCase(), password: PASSWORD, displayName: 'Eve' },
    });
    expect(again).toMatchObject({ status: 202, body: { status: 'mail_sent_if_applicable' } });
    expect((await world.mailed(email))[0]).toEqual({ subject: 'You already have an account', token: undefined });
    expect(await world.rows('users')).toBe(before);
  });

  test('a squatter’s registration stands beside the owner’s and opens nothing', async () => {
    const email = address();
    const registerWith = (password: string) =>
      world.call('POST /auth/register', { body: { email, password, displayName: 'Ann' } });
    await registerWith(PASSWORD);
    const [own] = await world.mailed(email);
    await registerWith('the squatter’s password');
    const [squatted] = await world.mailed(email);
    expect((await confirm(squatted?.token, PASSWORD)).body.refusal).toBe('password_mismatch');
    expect((await confirm(own?.token, PASSWORD)).status).toBe(200);
    const login = (password: string) => world.call('POST /auth/login', { body: { email, password }, ip: ip() });
    expect([(await login(PASSWORD)).status, (await login('the squatter’s password')).status]).toEqual([200, 401]);
    expect((await confirm(squatted?.token, 'the squatter’s password')).body.refusal).toBe('token_invalid');
  });

  test('whoever has the mailbox may set name and password with the link', async () => {
    const email = address();
    await world.call('POST /auth/register', { body: { email, password: 'the squatter’s password', displayName: 'X' } });
    const [mail] = await world.mailed(email);
    const set = (password: string) =>
      world.call('POST /auth/verify-email/new-password', {
        body: { token: mail?.token, displayName: 'Ann', password },
      });
    expect((await set('password1234')).body).toMatchObject({
      refusal: 'password_weak',
      errors: [{ field: 'password' }],
    });
    expect((await set(PASSWORD)).body).toEqual({ status: 'verified' });
    const answer = await world.call('POST /auth/login', { body: { email, password: PASSWORD } });
    expect(answer.body.user.displayName).toBe('Ann');
  });

  test('an address and a name of any script; the address is one however it is written', async () => {
    const local = `müller-${randomUUID()}`;
    const displayName = 'نامه\u200cای 👨\u200d👩\u200d👧';
    const body = { email: `${local}@bücher.example`, password: PASSWORD, displayName };
    expect((await world.call('POST /auth/register', { body })).status).toBe(202);
    const [mail] = await world.mailed(body.email);
    expect((await confirm(mail?.token, PASSWORD)).status).toBe(200);
    const email = `${local.toUpperCase()}@xn--bcher-kva.example`;
    const answer = await world.call('POST /auth/login', { body: { email, password: PASSWORD } });
    expect(answer).toMatchObject({ status: 200, body: { user: { email: body.email, displayName } } });
  });

  test('a verification mail can be asked for again; strangers get the same answer and no mail', async () => {
    const email = address();
    await world.call('POST /auth/register', { body: { email, password: PASSWORD, displayName: 'Ann' } });
    const stranger = address();
    for (const each of [email, stranger]) {
      expect(await world.call('POST /auth/verification-mails', { body: { email: each } })).toMatchObject({
        status: 202,
        body: { status: 'mail_sent_if_applicable' },
      });
    }
    expect(await world.mailed(email)).toHaveLength(2);
    expect(await world.mailed(stranger)).toHaveLength(0);
  });
});
