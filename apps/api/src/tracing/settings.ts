import { z } from 'zod';

/** Where traces go to. */
export interface TracingSettings {
  /** Of the collector, for OTLP over HTTP. */
  url: string;
  headers: Record<string, string>;
  /** From 0 to 1: the part of requests and runs that is traced. */
  share: number;
}

const COLLECTOR_FORM =
  'must be the address of a collector for OTLP over HTTP, such as http://localhost:4318, without user, query and fragment';
const HEADERS_FORM =
  'must be headers such as api-key=abc,tenant=plans, at most 20, with values encoded as in addresses';
const TRACE_SHARE_FORM = 'must be a number from 0 to 1';
const collectorAddress = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:\/\/[^/?#@]+[^?#@]*$/.test(text), COLLECTOR_FORM)
  .optional();
const collectorHeaders = z
  .string()
  .regex(/^\s*[\w-]+\s*=[\x21-\x2b\x2d-\x7e]*\s*(,\s*[\w-]+\s*=[\x21-\x2b\x2d-\x7e]*\s*){0,19}$/, HEADERS_FORM)
  .refine((text) => readHeaders(text) !== null, HEADERS_FORM)
  .optional();

/** Null where a value is not encoded as in addresses. */
function readHeaders(text: string): Record<string, string> | null {
  try {
    const pairs = text.split(',').map((pair) => {
      const [name = '', ...value] = pair.trim().split('=');
      return [name.trim(), decodeURIComponent(value.join('=').trim())] as const;
    });
    return Object.fromEntries(pairs);
  } catch {
    return null;
  }
}

/** Variables about traces. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorAddress,
  OTEL_EXPORTER_OTLP_HEADERS: collectorHeaders,
  SLUICE_TRACE_SHARE: z.coerce.number(TRACE_SHARE_FORM).min(0, TRACE_SHARE_FORM).max(1, TRACE_SHARE_FORM).default(1),
};

/** Null without a collector. */
export function tracingOf(values: z.infer<z.ZodObject<typeof tracingVariables>>): TracingSettings | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: address, OTEL_EXPORTER_OTLP_HEADERS: headers } = values;
  if (address === undefined) return null;
  const url = `${address.replace(/\/+$/, '')}/v1/traces`;
  return { url, headers: headers === undefined ? {} : (readHeaders(headers) ?? {}), share: values.SLUICE_TRACE_SHARE };
}
