import type { Database } from './database.js';

type RowOf<T extends keyof Database['tables']> = Database['tables'][T]['$inferSelect'];

export type ActivityRow = RowOf<'activity'>;
export type ApiTokenRow = RowOf<'apiTokens'>;
export type AuditRow = RowOf<'auditEvents'>;
export type BudgetRow = RowOf<'budgets'>;
export type BudgetSpanRow = RowOf<'budgetSpans'>;
export type ChangeRow = RowOf<'changeEvents'>;
export type ConnectionRow = RowOf<'connections'>;
export type FeedRow = RowOf<'changeFeeds'>;
export type FlowRow = RowOf<'oauthFlows'>;
export type JobRow = RowOf<'jobs'>;
export type KeyRow = RowOf<'idempotencyKeys'>;
export type MappingEntryRow = RowOf<'mappingEntries'>;
export type MappingSetRow = RowOf<'mappingSets'>;
export type PlanRow = RowOf<'plans'>;
export type ReportRow = RowOf<'reports'>;
export type RunEventRow = RowOf<'runEvents'>;
export type RunRow = RowOf<'runs'>;
export type RunSampleRow = RowOf<'runSamples'>;
export type ScanRow = RowOf<'scans'>;
export type SessionRow = RowOf<'sessions'>;
export type UnmappedRow = RowOf<'unmappedNames'>;
export type UserRow = RowOf<'users'>;
export type WebhookDeliveryRow = RowOf<'webhookDeliveries'>;
export type WebhookRow = RowOf<'webhooks'>;
