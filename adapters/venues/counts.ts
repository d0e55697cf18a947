/** What a feed counts since its start; the fields are those of VenueHealth. */
export type Counts = { gaps: number; framesDropped: number; clockFaults: number };

export const noCounts = (): Counts => ({ gaps: 0, framesDropped: 0, clockFaults: 0 });
