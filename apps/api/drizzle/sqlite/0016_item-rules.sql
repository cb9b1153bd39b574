CREATE TABLE `staged_left_out` (
	`plan_id` text NOT NULL,
	`source_key` text NOT NULL,
	PRIMARY KEY(`plan_id`, `source_key`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `jobs` ADD `rules` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `rules` text DEFAULT '[]' NOT NULL;