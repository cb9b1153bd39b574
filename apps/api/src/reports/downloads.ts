import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReportRow } from '../db/row-types.js';
import { requestError } from '../graphql/errors.js';
import type { DownloadAddresses } from './addresses.js';
import type { ReportFiles } from './report-files.js';
import type { ReportStore } from './report.store.js';
import { signatureFile, type ReportSigner } from './signing.js';

const TYPES = { CSV: 'text/csv; charset=utf-8; header=present', JSONL: 'application/jsonl; charset=utf-8' } as const;

export interface DownloadParts {
  addresses: DownloadAddresses;
  store: Pick<ReportStore, 'byIds'>;
  files: Pick<ReportFiles, 'pathOf'>;
  signer: Pick<ReportSigner, 'publicKey'>;
}

/** Serves the files of reports and their signatures under signed addresses, and the key by which anybody checks them. */
export function serveDownloads(server: FastifyInstance, parts: DownloadParts): void {
  server.get('/downloads/report-key.pem', (_request, reply) =>
    reply.type('application/x-pem-file').send(parts.signer.publicKey),
  );
  server.get<{ Params: { signed: string } }>('/downloads/:signed', async (request, reply) => {
    const download = parts.addresses.read(request.params.signed);
    if (download === 'LATE') throw refused(410, 'This address is no longer valid. Ask for the report again.');
    const [report] = download === null ? [] : await parts.store.byIds([download.reportId]);
    if (download === null || report?.taskState !== 'SUCCEEDED') throw missing();
    void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    const name = `${report.kind.toLowerCase()}-${report.id}.${report.format.toLowerCase()}`;
    if (download.part === 'file') return sendFile(request, reply, report, name, parts);
    void reply.header('content-disposition', `attachment; filename="${name}.sig"`).type('application/json');
    return reply.send(signatureFile(report));
  });
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  report: ReportRow,
  name: string,
  { files }: Pick<DownloadParts, 'files'>,
): Promise<FastifyReply> {
  const path = files.pathOf(report.id, report.format);
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) throw missing();
  void reply.headers({ 'content-disposition': `attachment; filename="${name}"`, 'accept-ranges': 'bytes' });
  const range = rangeOf(request.headers.range, size);
  if (range === 'BEYOND') {
    void reply.header('content-range', `bytes */${size}`);
    throw refused(416, 'The file has no such range.');
  }
  void reply.type(TYPES[report.format]);
  if (range === null) return reply.header('content-length', size).send(createReadStream(path));
  const { start, end } = range;
  void reply.code(206).headers({ 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 });
  return reply.send(createReadStream(path, range));
}

/** One range of bytes, both ends included; null for the whole file, which also answers several ranges at once. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | 'BEYOND' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (first !== '' && last !== '' && Number(last) < start) return null;
  return start > end ? 'BEYOND' : { start, end };
}

function missing(): Error {
  return refused(404, 'There is no such download.');
}

function refused(status: number, message: string): Error {
  return requestError('BAD_REQUEST', message, { http: { status } });
}
