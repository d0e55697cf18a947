const PATH =
  'M0 150 L18 146 L34 152 L50 140 L68 134 L82 141 L98 122 L116 128 L132 112 L150 119 L166 101 L182 108 L200 131 L216 139 ' +
  'L232 127 L250 133 L268 110 L286 97 L302 103 L320 84 L338 90 L356 72 L374 78 L392 55 L410 60 L428 44 L440 40';

/** An account on its way from the starting balance to the target, above the floors of its rules. */
export const EquityIllustration = () => (
  <figure className="illustration">
    <svg viewBox="0 0 480 260" role="img" aria-labelledby="illustration-title">
      <title id="illustration-title">
        An equity line that climbs from its starting balance to the profit target, and stays above the floors of the
        daily loss and the maximum drawdown
      </title>
      <g className="illustration-grid">
        {[40, 95, 150, 205].map((y) => (
          <path key={y} d={`M0 ${y}H480`} />
        ))}
      </g>
      <path className="illustration-target" d="M0 40H480" />
      <path className="illustration-daily" d="M0 188H120V172H240V182H340V146H480" />
      <path className="illustration-floor" d="M0 232H480" />
      <path className="illustration-area" d={`${PATH} V232 H0 Z`} />
      <path className="illustration-equity" d={PATH} />
      <circle className="illustration-dot" cx="440" cy="40" r="4.5" />
      <g className="illustration-labels">
        <text x="4" y="32">
          Profit target
        </text>
        <text x="4" y="205">
          Daily loss, anchored anew each day
        </text>
        <text x="4" y="250">
          Maximum drawdown
        </text>
      </g>
    </svg>
  </figure>
);
