ALTER TABLE `jobs` ADD `schedule` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `next_start_at` integer DEFAULT 253402214400000 NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `starts_taken_until` integer;--> statement-breakpoint
CREATE INDEX `jobs_next_start` ON `jobs` (`next_start_at`,`id`);--> statement-breakpoint
ALTER TABLE `runs` ADD `windows` text;