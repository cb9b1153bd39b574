/** The address that people are told: with PORT=0 the system chooses the port, which is known once the server listens. */
export function shownAddress(publicUrl: string, listening: string): string {
  const shown = new URL(publicUrl);
  if (shown.port !== '0') return publicUrl;
  shown.port = new URL(listening).port;
  return shown.href.replace(/\/+$/, '');
}
