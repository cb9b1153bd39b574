import { seeded, startSandbox, type Sandbox, type SandboxInput } from '@sluice/procore-sandbox';
import { sha256, type Checksums } from './files.js';
import type { ProcoreAccess } from './work.js';

/** Far more calls than a test makes, for tests that are not about the budget. */
export const AMPLE = { hourly: 1_000_000, spike: 100_000 };

/** A Procore with an empty project, without limits that matter unless they are given. */
export async function startEmptySandbox(input: SandboxInput = {}): Promise<Sandbox> {
  return startSandbox({ limits: AMPLE, seedContent: false, loginOnApiPort: true, ...input });
}

/** How a service account reaches its project. */
export const accessTo = (sandbox: Sandbox, projectId: number = seeded.projectId): ProcoreAccess => ({
  loginUrl: sandbox.loginUrl,
  apiUrl: sandbox.apiUrl,
  companyId: String(seeded.companyId),
  projectId: String(projectId),
  clientId: seeded.serviceClientId,
  clientSecret: seeded.serviceClientSecret,
});

/** Live files of a project by path, in the order of their paths: checksum, and how many versions each has. Throws when a path is there twice. */
export async function contentOf(
  sandbox: Sandbox,
  projectId: number = seeded.projectId,
): Promise<{ files: Checksums; versions: Record<string, number> }> {
  const live = (await sandbox.control.tree(projectId))
    .filter((entry) => entry.kind === 'file' && !entry.isDeleted)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const paths = new Set(live.map((entry) => entry.path));
  if (paths.size !== live.length) throw new Error(`${live.length - paths.size} files are there twice`);
  return {
    files: Object.fromEntries(live.map((entry) => [entry.path, entry.sha256 ?? ''])),
    versions: Object.fromEntries(live.map((entry) => [entry.path, entry.versions])),
  };
}

/** What a folder planted with these files looks like. */
export const checksumsOf = (files: Record<string, string | Uint8Array>): Checksums =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [path, sha256(Buffer.from(content))]));
