/** Where the API of a server is, from the address that its users know, with a path where a proxy serves it below one. */
export function endpointsOf(url: string): { http: string; webSocket: string } {
  const { protocol, host, pathname, username, password, search, hash } = parsed(url);
  if (username || password || search || hash)
    throw new TypeError('The address of the server has a user, a password or parameters. Give it without.');
  const path = `${pathname.replace(/\/+$/, '')}/graphql`;
  return { http: `${protocol}//${host}${path}`, webSocket: `${protocol.replace('http', 'ws')}//${host}${path}` };
}

function parsed(url: string): URL {
  const address = URL.parse?.(url) ?? (URL.canParse(url) ? new URL(url) : null);
  if (address && ['http:', 'https:'].includes(address.protocol)) return address;
  throw new TypeError('The address of the server is none. Give one like https://sluice.example.com.');
}

/** A token as one word, so that it fits a header; the error does not repeat it. */
export function checkedToken(token: string): string {
  if (/^[\x21-\x7e]{1,1000}$/.test(token)) return token;
  throw new TypeError('The token is none: it is one word of letters, digits and signs, without spaces or line ends.');
}
