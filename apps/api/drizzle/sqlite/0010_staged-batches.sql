CREATE TABLE `staged_batches` (
	`plan_id` text NOT NULL,
	`side` text NOT NULL,
	`parent_key` text NOT NULL,
	`part` integer NOT NULL,
	`depth` integer NOT NULL,
	`folder` text NOT NULL,
	`item_count` integer NOT NULL,
	`file_count` integer NOT NULL,
	`byte_count` integer NOT NULL,
	`marks` text NOT NULL,
	`rest` text NOT NULL,
	PRIMARY KEY(`plan_id`, `side`, `parent_key`, `part`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `staged_batches_order` ON `staged_batches` (`plan_id`,`side`,`depth`,`parent_key`,`part`);--> statement-breakpoint
CREATE TABLE `staged_identities` (
	`plan_id` text NOT NULL,
	`side` text NOT NULL,
	`remote_id` text NOT NULL,
	`key` text NOT NULL,
	PRIMARY KEY(`plan_id`, `side`, `remote_id`, `key`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `staged_items_order`;--> statement-breakpoint
DROP INDEX `staged_items_parent`;--> statement-breakpoint
DROP INDEX `staged_items_remote`;--> statement-breakpoint
DROP INDEX `staged_items_kind`;--> statement-breakpoint
ALTER TABLE `staged_items` DROP COLUMN `parent_key`;--> statement-breakpoint
ALTER TABLE `staged_items` DROP COLUMN `depth`;--> statement-breakpoint
CREATE INDEX `ledger_entries_source_folder` ON `ledger_entries` (`job_id`,`pair`,rtrim(source_key, replace(source_key, '/', '')));