const NAME = 'sluice_session';

/** The session in a `Cookie` header, or null. */
export function readSessionCookie(header: string | undefined): string | null {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.split('=', 2);
    if (name?.trim() === NAME && value !== undefined) return value.trim();
  }
  return null;
}

/** A `Set-Cookie` header for the path of the public address; a null token removes the cookie. */
export function sessionCookie(token: string | null, publicUrl: string, lifeMs: number): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  const life = token === null ? 0 : Math.floor(lifeMs / 1000);
  return `${NAME}=${token ?? ''}; Path=${new URL(publicUrl).pathname.replace(/(.)\/$/, '$1')}; Max-Age=${life}; HttpOnly; SameSite=Lax${secure}`;
}
