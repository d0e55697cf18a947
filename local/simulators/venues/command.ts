/** One command of the control: its body as it came, refused by throwing. */
export type Command = (body: unknown) => void;
