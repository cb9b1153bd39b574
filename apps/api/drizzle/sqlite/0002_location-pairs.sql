CREATE TABLE `location_pairs` (
	`job_id` text NOT NULL,
	`number` integer NOT NULL,
	`source_connection_id` text NOT NULL,
	`source_place` text NOT NULL,
	`destination_connection_id` text NOT NULL,
	`destination_place` text NOT NULL,
	`source_root` text,
	`destination_root` text,
	`item_count` integer NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`job_id`, `number`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`pair` integer NOT NULL,
	`kind` text NOT NULL,
	`source_key` text NOT NULL,
	`source_id` text NOT NULL,
	`source_version` text,
	`source_meta_version` text,
	`source_size` integer,
	`source_modified_at` integer,
	`destination_key` text NOT NULL,
	`destination_id` text NOT NULL,
	`destination_version` text,
	`destination_meta_version` text,
	`destination_size` integer,
	`destination_modified_at` integer,
	`sha256` text,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_source` ON `ledger_entries` (`job_id`,`pair`,`source_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_destination` ON `ledger_entries` (`job_id`,`pair`,`destination_id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_source_key` ON `ledger_entries` (`job_id`,`pair`,`source_key`);--> statement-breakpoint
CREATE INDEX `ledger_entries_destination_key` ON `ledger_entries` (`job_id`,`pair`,`destination_key`);--> statement-breakpoint
INSERT INTO `location_pairs` (`job_id`, `number`, `source_connection_id`, `source_place`, `destination_connection_id`, `destination_place`, `item_count`, `used_at`)
SELECT `id`, 1, `source_connection_id`, coalesce(`source_remote_id`, `source_path`), `destination_connection_id`, coalesce(`destination_remote_id`, `destination_path`), 0, `updated_at` FROM `jobs`;--> statement-breakpoint
INSERT OR IGNORE INTO `ledger_entries` (`id`, `job_id`, `pair`, `kind`, `source_key`, `source_id`, `source_version`, `source_size`, `source_modified_at`, `destination_key`, `destination_id`, `destination_version`, `sha256`)
SELECT 'led_' || lower(hex(randomblob(10))), `job_id`, 1, `kind`, `source_key`, `source_id`, `source_version`, `source_size`, `source_modified_at`, `destination_key`, `destination_id`, `destination_version`, `sha256` FROM `ledger` ORDER BY rowid DESC;--> statement-breakpoint
UPDATE `location_pairs` SET `item_count` = (SELECT count(*) FROM `ledger_entries` WHERE `ledger_entries`.`job_id` = `location_pairs`.`job_id`);--> statement-breakpoint
UPDATE `jobs` SET `ledger_item_count` = (SELECT count(*) FROM `ledger_entries` WHERE `ledger_entries`.`job_id` = `jobs`.`id`);--> statement-breakpoint
DROP TABLE `ledger`;--> statement-breakpoint
ALTER TABLE `plans` ADD `pair` integer;--> statement-breakpoint
ALTER TABLE `plans` ADD `asked` text;--> statement-breakpoint
UPDATE `plans` SET `pair` = 1;
