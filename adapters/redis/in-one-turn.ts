/**
 * Questions of one turn of the event loop become one read, which begins after all of them: many orders that go on at
 * the same moment ask once for what is the same to all.
 */
export function inOneTurn<Asked, Answer>(
  read: (asked: readonly Asked[]) => Promise<Answer>,
): (asked: Asked) => Promise<Answer> {
  let gathering: { readonly asked: Asked[]; readonly answer: Promise<Answer> } | undefined;
  const gather = () => {
    const asked: Asked[] = [];
    const answer = endOfTurn().then(() => {
      gathering = undefined;
      return read(asked);
    });
    return { asked, answer };
  };
  return (asked) => {
    gathering ??= gather();
    gathering.asked.push(asked);
    return gathering.answer;
  };
}

/** After every promise that is settled by now has gone on. */
const endOfTurn = (): Promise<void> =>
  Promise.resolve().then(() => new Promise((resolve) => process.nextTick(resolve)));
