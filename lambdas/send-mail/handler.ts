import { mailing } from '../../runtime/compose/mailing';
import { consumerFunction } from '../../runtime/consumer';
import { isMailServerAway } from '../../runtime/mail';

export const handler = consumerFunction(
  {
    name: 'send-mail',
    types: ['identity.mail-requested'],
    handle: async ({ data, occurredAt }, inbox) => (await mailing())({ request: data, askedAt: occurredAt, inbox }),
  },
  isMailServerAway,
);
