CREATE TABLE `mapping_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`kind` text NOT NULL,
	`source_platform` text NOT NULL,
	`destination_platform` text NOT NULL,
	`automatic_matches` text NOT NULL,
	`exclusions` text NOT NULL,
	`unmapped` text NOT NULL,
	`default_target` text,
	`metadata_rules` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mapping_sets_name` ON `mapping_sets` (`name_key`);--> statement-breakpoint
CREATE TABLE `mapping_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`set_id` text NOT NULL,
	`source_key` text NOT NULL,
	`destination_key` text NOT NULL,
	`search_key` text NOT NULL,
	FOREIGN KEY (`set_id`) REFERENCES `mapping_sets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mapping_entries_source` ON `mapping_entries` (`set_id`,`source_key`);--> statement-breakpoint
ALTER TABLE `jobs` ADD `mapping_set_ids` text DEFAULT '[]' NOT NULL;