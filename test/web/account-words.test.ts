import { passwordFault } from '../../contracts/passwords/strength';
import { deviceText } from '../../web/lib/device-text';
import { tokenOf } from '../../web/lib/mail-link';
import { passwordHint } from '../../web/lib/password-hint';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each`
  userAgent                                                                                         | device
  ${`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36`}               | ${'Chrome on Windows'}
  ${`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0`}     | ${'Edge on Windows'}
  ${'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'}                       | ${'Firefox on Linux'}
  ${`Mozilla/5.0 (Linux; Android 15) ${WEBKIT} Chrome/140.0 Mobile Safari/537.36`}                  | ${'Chrome on Android'}
  ${'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604'} | ${'Safari on iPhone'}
  ${'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605'}        | ${'Safari on macOS'}
  ${'curl/8.9'}                                                                                     | ${'curl/8.9'}
  ${''}                                                                                             | ${'An unnamed device'}
`('$userAgent is $device', ({ userAgent, device }) => {
  expect(deviceText(userAgent)).toBe(device);
});

test.each`
  hash                  | token
  ${'#token=aB-_9'}     | ${'aB-_9'}
  ${'#a=1&token=aB-_9'} | ${'aB-_9'}
  ${''}                 | ${null}
  ${'#token='}          | ${null}
  ${'#token=<script>'}  | ${null}
`('$hash holds $token', ({ hash, token }) => {
  expect(tokenOf(hash)).toBe(token);
});

test.each`
  password           | tone         | text
  ${''}              | ${'waiting'} | ${'At least 12 characters; a few words are best'}
  ${'elevenchars'}   | ${'waiting'} | ${'1 more character'}
  ${'short'}         | ${'waiting'} | ${'7 more characters'}
  ${'password1234'}  | ${'faulty'}  | ${'Must not be built from a password that many people use'}
  ${'annsmith-2024'} | ${'faulty'}  | ${'Must not be built from your address, your name or the name of this site'}
  ${'correct horse'} | ${'good'}    | ${'Hard to guess'}
`('typing $password: $tone, $text', ({ password, tone, text }) => {
  expect(passwordHint(password, { displayName: 'Ann Smith' }, passwordFault)).toEqual({ tone, text });
});

test('until the list is there, nothing is said of the password', () => {
  expect(passwordHint('password1234', {}, undefined).tone).toBe('waiting');
});
