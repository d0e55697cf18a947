import type { OperatorResult } from '../contracts/operations/commands';
import { runCommand, sayRefused } from './operations/run';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const USAGE = `What should be replayed?
  npm run replay -- [--stage prod] <violation or assessment id>
  npm run replay -- [--stage prod] --account <account id>`;

/**
 * `npm run replay -- <violation or assessment id>`: decides a stored verdict, a pass or a failure, again and compares the
 * bytes. `npm run replay -- --account <id>`: folds an account again from its stored events and compares it with the one
 * that is kept. On the local platform, or in a stage that is named by `--stage`. Exit 0: the same; 1: not.
 */
void runCommand(async (operator, args) => {
  const [id, ...others] = args.filter((argument) => argument !== '--account');
  if (!id || others.length > 0) {
    console.error(USAGE);
    return 2;
  }
  if (!UUID.test(id)) {
    console.error(`${id} is not an id: it must be a UUID in lower case`);
    return 2;
  }
  const command = args.includes('--account') ? 'replay-account' : 'replay-verdict';
  return say(id, await (await operator()).ask({ command, id }));
});

function say(id: string, answer: OperatorResult): number {
  switch (answer.outcome) {
    case 'refused':
      sayRefused({ ...answer, field: `${id}:` });
      return 2;
    case 'verdict': {
      const { isEqual, storedHash, replayed, replayedHash } = answer;
      console.log(replayed);
      const verdict = isEqual ? 'The same bytes.' : 'NOT the same bytes.';
      console.log(`stored   ${storedHash}\nreplayed ${replayedHash}\n${verdict}`);
      return isEqual ? 0 : 1;
    }
    case 'account': {
      const { version, events, difference } = answer;
      console.log(`version ${version}, ${events} events folded`);
      console.log(difference === null ? 'The same account.' : `NOT the same account: ${difference}`);
      return difference === null ? 0 : 1;
    }
    default:
      return 2;
  }
}
