/**
 * What the buttons do. Each takes what stands in the fields and gives the command, its words, and what takes it back;
 * null where nothing does.
 */

const market = ({ asset }) => (asset ? { asset } : {});
const place = ({ venueTitle, asset }) => `${venueTitle} only, ${asset || 'all markets'}`;
const percent = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value)} %`;
const frames = (times) => (times === 1 ? 'one frame' : `${times} frames`);

/** A state of a venue that is on or off. */
const state = (label, command, words) => ({
  label,
  make: ({ venue, venueTitle }) => ({
    path: command,
    body: { venue, on: true },
    words: `${venueTitle}: ${words}`,
    undo: { path: command, body: { venue, on: false } },
  }),
});

/** A fault of frames; what was sent cannot be taken back. */
const fault = (label, name, words) => ({
  label,
  fault: name,
  make: ({ venue, venueTitle, times }) => ({
    path: 'fault',
    body: { venue, fault: name, times },
    words: `${venueTitle}: ${frames(times)} ${words}`,
    undo: null,
  }),
});

export const PRICES = [
  {
    label: (fields) => `Flash crash on ${place(fields)}: ${percent(fields.percent)} for ${fields.seconds} s`,
    isMain: true,
    make: (fields) => ({
      path: 'flash-crash',
      body: { venue: fields.venue, ...market(fields), percent: fields.percent, ms: Math.round(fields.seconds * 1000) },
      words: `Flash crash on ${place(fields)}: ${percent(fields.percent)} for ${fields.seconds} s`,
      undo: { path: 'flash-crash', body: { venue: fields.venue, ...market(fields), percent: -1, ms: 0 } },
    }),
  },
  {
    label: ({ percent: by, seconds }) => `Drift by ${percent(by)} in ${seconds} s, and stay`,
    make: (fields) => ({
      path: 'drift',
      body: { venue: fields.venue, ...market(fields), percent: fields.percent, ms: Math.round(fields.seconds * 1000) },
      words: `${place(fields)}: drifts by ${percent(fields.percent)} in ${fields.seconds} s`,
      undo: { path: 'drift', body: { venue: fields.venue, ...market(fields), percent: 0, ms: 0 } },
    }),
  },
  ...[1, -1].map((places) => ({
    label: places > 0 ? 'Decimal point right (× 10)' : 'Decimal point left (÷ 10)',
    make: (fields) => ({
      path: 'decimal-shift',
      body: { venue: fields.venue, ...market(fields), places },
      words: `${place(fields)}: prices ${places > 0 ? '× 10' : '÷ 10'}`,
      undo: { path: 'decimal-shift', body: { venue: fields.venue, ...market(fields), places: 0 } },
    }),
  })),
  {
    label: 'Freeze (heartbeats go on)',
    make: (fields) => ({
      path: 'freeze',
      body: { venue: fields.venue, ...market(fields), frozen: true },
      words: `${place(fields)}: frozen, heartbeats go on`,
      undo: { path: 'freeze', body: { venue: fields.venue, ...market(fields), frozen: false } },
    }),
  },
];

export const FRAMES = [
  {
    label: 'Silence (half-open)',
    make: ({ venue, venueTitle }) => ({
      path: 'silence',
      body: { venue, silent: true },
      words: `${venueTitle}: sockets stay open and say nothing`,
      undo: { path: 'silence', body: { venue, silent: false } },
    }),
  },
  {
    label: ({ seconds }) => `All frames ${Math.min(60, seconds)} s late`,
    make: ({ venue, venueTitle, seconds }) => ({
      path: 'delay',
      body: { venue, ms: Math.min(60_000, Math.round(seconds * 1000)) },
      words: `${venueTitle}: all frames ${Math.min(60, seconds)} s late`,
      undo: { path: 'delay', body: { venue, ms: 0 } },
    }),
  },
  {
    label: ({ skew }) => `Clock off by ${skew} ms`,
    make: ({ venue, venueTitle, skew }) => ({
      path: 'clock-off',
      body: { venue, ms: skew },
      words: `${venueTitle}: its clock is off by ${skew} ms`,
      undo: { path: 'clock-off', body: { venue, ms: 0 } },
    }),
  },
  {
    label: 'Disconnect everybody',
    make: ({ venue, venueTitle }) => ({
      path: 'disconnect',
      body: { venue },
      words: `${venueTitle}: cut every connection`,
      undo: null,
    }),
  },
  fault('Drop', 'drop', 'will be dropped'),
  fault('Duplicate', 'duplicate', 'will come twice'),
  fault('Reorder', 'reorder', 'will come after the next'),
  fault('Malformed', 'malformed', 'will break off in the middle'),
  fault('Wrong checksum', 'checksum', 'will carry a wrong checksum'),
  fault('Jump in numbers', 'jump', 'will leave numbers out'),
  fault('Stale snapshot', 'stale', 'of the next whole books will be old'),
  fault('Price × 10 in a frame', 'price', 'will carry a price ten times too high'),
];

export const STATES = [
  state('Maintenance', 'maintenance', 'maintenance'),
  { ...state('Cancel only', 'cancel-only', 'orders can only be cancelled'), needsCancelOnly: true },
  state('429 Too many requests', 'rate-limit', 'refuses with 429'),
  {
    label: ({ asset }) => `Pause ${asset || 'all markets'}`,
    make: (fields) => ({
      path: 'pause',
      body: { venue: fields.venue, ...market(fields), on: true },
      words: `${place(fields)}: paused`,
      undo: { path: 'pause', body: { venue: fields.venue, ...market(fields), on: false } },
    }),
  },
  {
    label: ({ tick }) => `Tick of the market: ${tick}`,
    needsAsset: true,
    make: ({ venue, venueTitle, asset, tick }) => ({
      path: 'tick',
      body: { venue, instrument: asset, tick },
      words: `${venueTitle}: the tick of ${asset} is ${tick}`,
      undo: null,
    }),
  },
];

const priceBefore = (truth, asset) => truth.find((each) => each.asset === asset)?.bid ?? null;

export const TRUTH = [
  {
    label: ({ trueAsset, price }) => `Set ${trueAsset} to ${price}`,
    make: ({ trueAsset, price, truth }) => {
      const before = priceBefore(truth, trueAsset);
      return {
        path: 'price',
        body: { instrument: trueAsset, price },
        words: `${trueAsset} is ${price} at all venues`,
        undo: before === null ? null : { path: 'price', body: { instrument: trueAsset, price: before } },
      };
    },
  },
  {
    label: ({ factor }) => `Volatility × ${factor}`,
    make: ({ factor, truth }) => ({
      path: 'volatility',
      body: { factor },
      words: factor === 0 ? 'All prices stand still' : `Prices move ${factor} times as much as usual`,
      undo: { path: 'volatility', body: { factor: truth[0]?.volatility ?? 1 } },
    }),
  },
  {
    label: ({ depeg }) => `Depeg USDT by ${depeg} %`,
    make: ({ depeg }) => ({
      path: 'depeg',
      body: { percent: depeg },
      words: `A tether is ${depeg} % below a dollar`,
      undo: { path: 'depeg', body: { percent: 0 } },
    }),
  },
];

const answer = (label, path, winner) => ({
  label,
  make: ({ question }) => ({
    path,
    body: { instrument: question, ...(winner ? { winner } : {}) },
    words: `${question}: ${label.toLowerCase()}`,
    undo: null,
  }),
});

export const QUESTIONS = [
  answer('Close early', 'close'),
  answer('Answer is proposed', 'pend'),
  answer('Answer is disputed', 'dispute'),
  answer('Resolve yes', 'resolve', 'yes'),
  answer('Resolve no', 'resolve', 'no'),
  answer('Resolve 50-50', 'resolve', '50-50'),
  answer('Resolve void', 'resolve', 'void'),
  answer('Correct to yes', 'correct', 'yes'),
  answer('Correct to no', 'correct', 'no'),
];

/** Everything at every venue, or nothing: prices that were set stay. */
export const NORMAL = { path: 'normal', body: {}, words: 'All normal: every venue tells the truth again', undo: null };
