CREATE INDEX `api_tokens_created` ON `api_tokens` (`created_at`);--> statement-breakpoint
CREATE INDEX `api_tokens_created_by` ON `api_tokens` (`created_by_id`,`created_at`);