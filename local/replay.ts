import { runCommand, sayRefused } from './operations/run';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * `npm run replay -- <violation or assessment id>`: decides a stored verdict, a pass or a failure, again and compares the
 * bytes. On the local platform, or in a stage that is named by `--stage`. Exit 0: the same; 1: not.
 */
void runCommand(async (operator, [id]) => {
  if (!id) {
    console.error('Which verdict? npm run replay -- [--stage prod] <violation or assessment id>');
    return 2;
  }
  if (!UUID.test(id)) {
    console.error(`${id} is not an id: it must be a UUID in lower case`);
    return 2;
  }
  const answer = await (await operator()).ask({ command: 'replay-verdict', id });
  if (answer.outcome === 'refused') {
    sayRefused({ ...answer, field: `${id}:` });
    return 2;
  }
  if (answer.outcome !== 'verdict') return 2;
  const { isEqual, storedHash, replayed, replayedHash } = answer;
  console.log(replayed);
  console.log(
    `stored   ${storedHash}\nreplayed ${replayedHash}\n${isEqual ? 'The same bytes.' : 'NOT the same bytes.'}`,
  );
  return isEqual ? 0 : 1;
});
