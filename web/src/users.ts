/** Who uses the desk. */
export interface User {
  name: string;
  isAgent: boolean;
}

/** People of the local system: names that the realistic tickets of `npm run ops -- load` have, too. */
export const LOCAL_USERS: User[] = [
  ...['alice', 'bob', 'carol'].map((name) => ({ name, isAgent: true })),
  ...['ann', 'ben', 'chloe'].map((name) => ({ name, isAgent: false })),
];
