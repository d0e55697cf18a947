import type pg from 'pg';
import { makeIdentityStore } from '../../../adapters/cockroach/identity/identity-store';
import { makeMailRequests } from '../../../adapters/cockroach/identity/mail-requests';
import { makeRegistrationStore } from '../../../adapters/cockroach/identity/registration-store';
import { randomTokens } from '../../../adapters/crypto/random-tokens';
import { decodeEvent } from '../../../contracts/topics/envelope';
import { functionDatabase } from '../../../runtime/database';
import { systemClock } from '../../../runtime/edge';
import { openMail } from '../../../runtime/mail';
import { sendMail } from '../../../usecases/identity/send-mail';

/** Does what the function `send-mail` does with the requests that stand in the outbox. */
export async function sendMails(pool: pg.Pool): Promise<void> {
  const database = await functionDatabase();
  const send = sendMail({
    identities: makeIdentityStore(database),
    registrations: makeRegistrationStore(database),
    mails: makeMailRequests(database),
    tokens: randomTokens,
    mail: await openMail(),
    clock: systemClock,
  });
  const { rows } = await pool.query(`SELECT body FROM outbox WHERE topic = 'identity' ORDER BY created_at`);
  for (const { body } of rows) {
    const read = decodeEvent(body);
    if (!read.ok || read.event.type !== 'identity.mail-requested') throw new Error('no request for a mail');
    const { eventId, data, occurredAt } = read.event;
    await send({ request: data, askedAt: occurredAt, inbox: { consumer: 'send-mail', eventId } });
  }
}
