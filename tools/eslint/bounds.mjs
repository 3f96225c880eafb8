/** The lists that the product goes through, by their name or the function that gives them, and what keeps each short. */
export const bounds = {
  addTags: 'brokenSize, before anything else goes through them',
  changesOf: 'one for each field of a ticket',
  createdFields: 'one for each field of a ticket',
  items: 'brokenLimit, the size of a page',
  normalizeTags: 'no more than the tags it is given',
  recentCommands: 'REMEMBERED_COMMANDS',
  removeTags: 'brokenSize, before anything else goes through them',
  rows: 'SIFTED, what a read looks at',
  tags: 'brokenSize, before anything else goes through them',
  texts: 'textsOf, by the rules of a command and of a filter',
};
