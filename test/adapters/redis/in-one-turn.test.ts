import { inOneTurn } from '../../../adapters/redis/in-one-turn';

describe('questions of one turn', () => {
  const reading = () => {
    const reads: (readonly string[])[] = [];
    const ask = inOneTurn(async (asked: readonly string[]) => {
      reads.push(asked);
      return reads.length;
    });
    return { reads, ask };
  };

  it('become one read, also those that follow on a promise that is settled', async () => {
    const { reads, ask } = reading();

    const answers = await Promise.all([ask('a'), ask('b'), Promise.resolve().then(() => ask('c'))]);

    expect(reads).toEqual([['a', 'b', 'c']]);
    expect(answers).toEqual([1, 1, 1]);
  });

  it('of a later turn are another read, even while the first is not answered', async () => {
    const answer: ((value: string) => void)[] = [];
    const ask = inOneTurn<string, string>(() => new Promise((resolve) => answer.push(resolve)));

    const first = ask('a');
    await new Promise(setImmediate);
    const second = ask('b');
    await new Promise(setImmediate);
    answer[1]?.('the second');
    answer[0]?.('the first');

    expect(await Promise.all([first, second])).toEqual(['the first', 'the second']);
  });

  it('fail together, and the next turn asks anew', async () => {
    let isDown = true;
    const ask = inOneTurn(async (asked: readonly string[]) => {
      if (isDown) throw new Error('no connection');
      return asked;
    });

    const failed = await Promise.allSettled([ask('a'), ask('b')]);
    isDown = false;

    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask('c')).toEqual(['c']);
  });
});
