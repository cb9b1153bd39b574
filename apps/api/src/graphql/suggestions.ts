/** Removes graphql-js's "Did you mean …?", which lists parts of the schema. */
export function hideSuggestions(message: string): string {
  return message.replace(/ ?Did you mean (.+?)\?$/, '');
}
