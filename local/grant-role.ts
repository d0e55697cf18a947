import { ROLES } from '../contracts/operations/commands';
import { runCommand, sayRefused } from './operations/run';

const USAGE = `npm run grant-role -- [--stage prod] <e-mail address> <${ROLES.join('|')}>`;

/**
 * Gives a user a role: the first admin cannot come from the API. On the local platform, or in a stage that is named.
 * Recorded in the audit log as the operator's. Exit 1: nobody has the address.
 */
void runCommand(async (operator, [email, name]) => {
  const role = ROLES.find((one) => one === name);
  if (!email || !role) {
    console.error(USAGE);
    return 2;
  }
  const answer = await (await operator()).ask({ command: 'grant-role', email, role });
  if (answer.outcome === 'refused') return sayRefused(answer);
  if (answer.outcome === 'granted') console.log(`${email} has the roles ${answer.roles.join(', ')}`);
  return 0;
});
