ALTER TABLE `steps` ADD `intent_sha256` text;--> statement-breakpoint
CREATE INDEX `steps_begun` ON `steps` (`job_id`,`begun_at`) WHERE begun_at is not null;