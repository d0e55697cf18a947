import { SignsOfLife } from '../../../adapters/venues/signs-of-life';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { VenueClock } from '../../../domain/market/venue-clock';

const START = instant(1_795_428_000_000);

/**
 * `40:30` is a frame that came at 40 and was stamped 30; `40:-` one without a stamp, `1040:h` a heartbeat. All are
 * milliseconds since the start. Answers until when the connection was said to have delivered everything.
 */
function said(frames: string): readonly number[] {
  const venueClock = new VenueClock();
  const alive: Instant[] = [];
  const signs = new SignsOfLife({ venueClock, onAlive: (at) => void alive.push(at) });
  for (const frame of frames.split(' ')) {
    const [came, stamp] = frame.split(':');
    const receivedAt = instant(START + Number(came));
    if (stamp === 'h') signs.heartbeat(receivedAt);
    else if (stamp === 'new') signs.begin();
    else if (stamp === '-') signs.frame(undefined, receivedAt);
    else {
      venueClock.see(START + Number(stamp), receivedAt);
      signs.frame(START + Number(stamp), receivedAt);
    }
  }
  return alive.map((at) => at - START);
}

/** Goal: a sign of life says no more than the venue's own order and times do. */
test.each`
  story                                      | frames                         | alive
  ${'frames that come at once'}              | ${'30:0 130:100 230:200'}      | ${[30, 130, 230]}
  ${'those that follow too closely'}         | ${'30:0 50:20 70:40 90:60'}    | ${[30, 90]}
  ${'a connection that falls behind'}        | ${'30:0 630:100 830:300'}      | ${[30, 130, 330]}
  ${'a heartbeat a second after'}            | ${'30:0 1035:h'}               | ${[30, 1_030]}
  ${'heartbeats that were held up'}          | ${'30:0 2500:h'}               | ${[30, 1_030]}
  ${'a burst of what was held up'}           | ${'30:0 3500:h 3500:h 3501:h'} | ${[30, 1_030]}
  ${'one that comes too soon after another'} | ${'30:0 400:h'}                | ${[30]}
  ${'one after a late frame'}                | ${'30:0 1500:900 2490:h'}      | ${[30, 930, 1_930]}
  ${'one of a connection that said nothing'} | ${'1000:h 2000:h'}             | ${[]}
  ${'one of a new connection'}               | ${'30:0 500:new 1500:h'}       | ${[30]}
  ${'a frame without a stamp'}               | ${'30:0 600:- 900:h'}          | ${[30]}
`('$story: $alive', ({ frames, alive }) => {
  expect(said(frames)).toEqual(alive);
});
