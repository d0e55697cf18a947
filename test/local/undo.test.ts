import { together, Undo } from '../../local/supervisor/undo';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('undo', () => {
  test('goes backwards, one step after the other', async () => {
    const undo = new Undo();
    const done: string[] = [];
    for (const name of ['database', 'api', 'workload']) {
      undo.add(async () => {
        await later(name === 'workload' ? 20 : 1);
        done.push(name);
      });
    }
    await Promise.all([undo.all(), undo.all()]);
    expect(done).toEqual(['workload', 'api', 'database']);
  });

  test('tries every step and then throws the first failure', async () => {
    const undo = new Undo();
    const done: string[] = [];
    undo.add(() => done.push('database'));
    undo.add(() => {
      throw new Error('stuck');
    });
    await expect(undo.all()).rejects.toThrow('stuck');
    expect(done).toEqual(['database']);
  });

  test('what is added while it runs is undone too, and waited for', async () => {
    const undo = new Undo();
    const done: string[] = [];
    undo.add(() => later(20));
    const ended = undo.all();
    undo.add(async () => {
      await later(40);
      done.push('late part');
    });
    await ended;
    expect(done).toEqual(['late part']);
  });
});

test('together fails only when nothing is under way any more', async () => {
  const done: string[] = [];
  const slow = later(30).then(() => done.push('slow'));
  await expect(together([Promise.reject(new Error('no')), slow])).rejects.toThrow('no');
  expect(done).toEqual(['slow']);
  expect(await together([Promise.resolve(1), Promise.resolve('a')])).toEqual([1, 'a']);
});
