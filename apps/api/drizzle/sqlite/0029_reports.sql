CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`format` text NOT NULL,
	`subject_id` text NOT NULL,
	`item_filter` text,
	`time_zone` text NOT NULL,
	`task_state` text NOT NULL,
	`failure` text,
	`byte_size` integer,
	`sha256` text,
	`signature` text,
	`expires_at` integer,
	`tries` integer NOT NULL,
	`lease_owner` text,
	`lease_until` integer,
	`created_at` integer NOT NULL,
	`created_by_id` text
);
--> statement-breakpoint
CREATE INDEX `reports_created` ON `reports` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reports_subject` ON `reports` (`subject_id`,`created_at`);