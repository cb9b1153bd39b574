CREATE TABLE `resting_folders` (
	`job_id` text NOT NULL,
	`pair` integer NOT NULL,
	`source_key` text NOT NULL,
	`destination_key` text NOT NULL,
	`source_print` text NOT NULL,
	`destination_print` text NOT NULL,
	PRIMARY KEY(`job_id`, `pair`, `source_key`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `resting_folders_destination` ON `resting_folders` (`job_id`,`pair`,`destination_key`);--> statement-breakpoint
ALTER TABLE `staged_batches` ADD `other_half` text;