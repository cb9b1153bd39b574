/** What an address of Procore's web app tells of a project. */
export interface ProjectAddress {
  /** Null where the address does not hold it. */
  companyId: string | null;
  projectId: string;
}

const ID = /^\d{1,20}$/;

/**
 * Reads the address of a project as a browser shows it, such as
 * `https://us02.procore.com/webclients/host/companies/<company>/projects/<project>/tools/documents` or
 * `https://us02.procore.com/<project>/project/documents`. Null for any other text.
 */
export function readProjectAddress(text: string): ProjectAddress | null {
  const address = text.trim();
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  const segments = new URL(address).pathname.split('/').filter((segment) => segment !== '');
  const idAfter = (name: string) => segments.find((segment, index) => segments[index - 1] === name && ID.test(segment));
  const [first = ''] = segments;
  const projectId = idAfter('projects') ?? (ID.test(first) ? first : undefined);
  return projectId === undefined ? null : { companyId: idAfter('companies') ?? null, projectId };
}
