/** What spans are about. Every name is one of these, whatever strangers ask for. */
export type SpanName = 'request' | 'run' | 'batch' | 'call';

/**
 * All that a span may say: identifiers of ours, numbers and hosts. Paths, names, addresses with their query, variables and messages
 * are none of it, because they hold names of files, of people, and secrets.
 */
export interface SpanAttributes {
  'sluice.request.id'?: string;
  'sluice.run.id'?: string;
  'sluice.job.id'?: string;
  'sluice.batch.items'?: number;
  'http.request.method'?: string;
  'http.response.status_code'?: number;
  'server.address'?: string;
}

/** Adds to the span under way. */
export type Tell = (attributes: SpanAttributes) => void;

export interface Tracer {
  /** Carries work out within a span, below the one under way; it fails as the work does. */
  span<T>(name: SpanName, attributes: SpanAttributes, work: (tell: Tell) => Promise<T>): Promise<T>;
}

/** For a process whose spans nobody collects. */
export const NO_TRACER: Tracer = { span: (_name, _attributes, work) => work(() => undefined) };
