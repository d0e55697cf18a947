/** Sorts before every UUID that anyone makes: where the first page of rows in the order of their ids begins. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
