/** What spans are about. Every name is one of these, whatever strangers ask for. */
export type SpanName = 'request' | 'subscribe' | 'parse' | 'validate' | 'execute' | 'load' | 'run' | 'batch' | 'call';

/**
 * All that a span may say: identifiers of ours, numbers and hosts. Paths, names, addresses with their query, variables and messages
 * are none of it, because they hold names of files, of people, and secrets.
 */
export interface SpanAttributes {
  'sluice.request.id'?: string;
  'sluice.run.id'?: string;
  'sluice.job.id'?: string;
  'sluice.batch.items'?: number;
  /** Kind of the objects that are read, as their identifiers begin. */
  'sluice.load.kind'?: string;
  'sluice.load.objects'?: number;
  /** Errors in a result. */
  'sluice.errors'?: number;
  /** SHA-256 of a document, in hex. */
  'sluice.document'?: string;
  'graphql.operation.type'?: 'query' | 'mutation' | 'subscription';
  'http.request.method'?: string;
  'http.response.status_code'?: number;
  'server.address'?: string;
}

/** Adds to the span under way. */
export type Tell = (attributes: SpanAttributes) => void;

export interface Tracer {
  /** Whether spans are made at all: what is done for every request makes nothing ready for one where they are not. */
  readonly isOn: boolean;
  /**
   * Carries work out within a span, below the one under way or that of the caller; it fails as the work does.
   *
   * @param caller header `traceparent` of W3C Trace Context; one that is malformed counts as none
   */
  span<T>(name: SpanName, attributes: SpanAttributes, work: (tell: Tell) => Promise<T>, caller?: string): Promise<T>;
  /** The same for work that does not wait. */
  step<T>(name: SpanName, work: () => T): T;
}

/** For a process whose spans nobody collects. */
export const NO_TRACER: Tracer = {
  isOn: false,
  span: (_name, _attributes, work) => work(() => undefined),
  step: (_name, work) => work(),
};
