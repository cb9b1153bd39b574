CREATE TABLE `scans` (
	`run_id` text PRIMARY KEY NOT NULL,
	`figures` text,
	`duplicates` text,
	`file_count` integer NOT NULL,
	`has_files` integer NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `scans_files` ON `scans` (`has_files`,`run_id`);--> statement-breakpoint
CREATE TABLE `scan_files` (
	`run_id` text NOT NULL,
	`number` integer NOT NULL,
	`byte_size` integer NOT NULL,
	`sha256` blob,
	`is_read` integer NOT NULL,
	`item` text NOT NULL,
	PRIMARY KEY(`run_id`, `number`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `scan_files_size` ON `scan_files` (`run_id`,`byte_size`,`number`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`description` text,
	`transfer_type` text NOT NULL,
	`labels` text NOT NULL,
	`source_connection_id` text NOT NULL,
	`source_path` text NOT NULL,
	`source_remote_id` text,
	`destination_connection_id` text,
	`destination_path` text,
	`destination_remote_id` text,
	`policies` text NOT NULL,
	`rules` text DEFAULT '[]' NOT NULL,
	`approval` text NOT NULL,
	`schedule` text,
	`next_start_at` integer DEFAULT 253402214400000 NOT NULL,
	`carried` text,
	`starts_taken_until` integer,
	`is_suspended` integer NOT NULL,
	`stop_reason` text,
	`tally` text,
	`is_draft` integer NOT NULL,
	`ledger_item_count` integer NOT NULL,
	`run_count` integer NOT NULL,
	`latest_run_id` text,
	`latest_run_at` integer NOT NULL,
	`latest_plan_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by_id` text
);
--> statement-breakpoint
INSERT INTO `__new_jobs`("id", "version", "name", "name_key", "description", "transfer_type", "labels", "source_connection_id", "source_path", "source_remote_id", "destination_connection_id", "destination_path", "destination_remote_id", "policies", "rules", "approval", "schedule", "next_start_at", "carried", "starts_taken_until", "is_suspended", "stop_reason", "tally", "is_draft", "ledger_item_count", "run_count", "latest_run_id", "latest_run_at", "latest_plan_id", "created_at", "updated_at", "updated_by_id") SELECT "id", "version", "name", "name_key", "description", "transfer_type", "labels", "source_connection_id", "source_path", "source_remote_id", "destination_connection_id", "destination_path", "destination_remote_id", "policies", "rules", "approval", "schedule", "next_start_at", "carried", "starts_taken_until", "is_suspended", "stop_reason", "tally", "is_draft", "ledger_item_count", "run_count", "latest_run_id", "latest_run_at", "latest_plan_id", "created_at", "updated_at", "updated_by_id" FROM `jobs`;--> statement-breakpoint
DROP TABLE `jobs`;--> statement-breakpoint
ALTER TABLE `__new_jobs` RENAME TO `jobs`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_name` ON `jobs` (`name_key`);--> statement-breakpoint
CREATE INDEX `jobs_latest_run` ON `jobs` (`latest_run_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_next_start` ON `jobs` (`next_start_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_source` ON `jobs` (`source_connection_id`);--> statement-breakpoint
CREATE INDEX `jobs_destination` ON `jobs` (`destination_connection_id`);