ALTER TABLE `budgets` ADD `settings_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `budgets` ADD `updated_by_id` text;