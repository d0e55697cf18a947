import { execFileSync } from 'node:child_process';
import { withoutAddresses } from '../../runtime/log';

/** Goal: no address of a person in any line, whoever put it there. */
test.each`
  line                                                                | written
  ${'550 5.1.1 <ann@example.com>: no such mailbox'}                   | ${'550 5.1.1 <[address]>: no such mailbox'}
  ${'{"detail":"Key (email_key)=(ann+a@mail.example.co.uk) exists"}'} | ${'{"detail":"Key (email_key)=([address]) exists"}'}
  ${'{"rejected":["müller@bücher.example","b@x.yz"]}'}                | ${'{"rejected":["[address]","[address]"]}'}
  ${'{"to":"o\'hara@xn--bcher-kva.example"}'}                         | ${'{"to":"[address]"}'}
  ${'at send (/var/task/node_modules/@aws-sdk/client.js:1:2)'}        | ${'at send (/var/task/node_modules/@aws-sdk/client.js:1:2)'}
  ${'pg@8.23.1 and kafkajs@2.2.4'}                                    | ${'pg@8.23.1 and kafkajs@2.2.4'}
  ${'{"msg":"answered"}'}                                             | ${'{"msg":"answered"}'}
`('$line is written as $written', ({ line, written }) => {
  expect(withoutAddresses(line)).toBe(written);
});

test('the logger writes every line so', () => {
  const script = `
    const { makeLogger } = require('./runtime/log.ts');
    const error = Object.assign(new Error('no such mailbox: ann@example.com'), { rejected: ['ann@example.com'] });
    makeLogger().error({ err: error, to: { deep: 'ann@example.com' } }, 'could not write to ann@example.com');`;
  const out = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8' });
  expect(out).toContain('[address]');
  expect(out).not.toContain('ann@');
});
