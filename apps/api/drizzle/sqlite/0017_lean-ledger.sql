ALTER TABLE `location_pairs` RENAME TO `former_location_pairs`;--> statement-breakpoint
ALTER TABLE `ledger_entries` RENAME TO `former_ledger_entries`;--> statement-breakpoint
ALTER TABLE `resting_folders` RENAME TO `former_resting_folders`;--> statement-breakpoint
DROP INDEX `ledger_entries_source`;--> statement-breakpoint
DROP INDEX `ledger_entries_destination`;--> statement-breakpoint
DROP INDEX `ledger_entries_source_key`;--> statement-breakpoint
DROP INDEX `ledger_entries_source_folder`;--> statement-breakpoint
DROP INDEX `ledger_entries_destination_key`;--> statement-breakpoint
DROP INDEX `resting_folders_destination`;--> statement-breakpoint
CREATE TABLE `location_pairs` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job_id` text NOT NULL,
	`source_connection_id` text NOT NULL,
	`source_place` text NOT NULL,
	`destination_connection_id` text NOT NULL,
	`destination_place` text NOT NULL,
	`source_root` text,
	`destination_root` text,
	`item_count` integer NOT NULL,
	`used_at` integer NOT NULL,
	`machine_start` text,
	`settled_mark` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `location_pairs` (`number`, `job_id`, `source_connection_id`, `source_place`, `destination_connection_id`, `destination_place`, `source_root`, `destination_root`, `item_count`, `used_at`, `machine_start`, `settled_mark`) SELECT rowid, `job_id`, `source_connection_id`, `source_place`, `destination_connection_id`, `destination_place`, `source_root`, `destination_root`, `item_count`, `used_at`, `machine_start`, `settled_mark` FROM `former_location_pairs`;--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`pair` integer NOT NULL,
	`is_folder` integer NOT NULL,
	`source_folder` text NOT NULL,
	`source_name` text NOT NULL,
	`source_id` blob NOT NULL,
	`source_version` blob,
	`source_meta_version` blob,
	`source_size` integer,
	`source_modified_at` integer,
	`destination_folder` text,
	`destination_name` text,
	`destination_id` blob NOT NULL,
	`destination_version` blob,
	`destination_meta_version` blob,
	`destination_size` integer,
	`destination_modified_at` integer,
	`sha256` blob,
	`judged` text,
	`mark` integer,
	`replaced` blob,
	FOREIGN KEY (`pair`) REFERENCES `location_pairs`(`number`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `ledger_entries` (`id`, `pair`, `is_folder`, `source_folder`, `source_name`, `source_id`, `source_version`, `source_meta_version`, `source_size`, `source_modified_at`, `destination_folder`, `destination_name`, `destination_id`, `destination_version`, `destination_meta_version`, `destination_size`, `destination_modified_at`, `sha256`, `judged`, `mark`, `replaced`) SELECT
	l.rowid,
	p.rowid,
	l.`kind` = 'FOLDER',
	rtrim(l.`source_key`, replace(l.`source_key`, '/', '')),
	substr(l.`source_key`, length(rtrim(l.`source_key`, replace(l.`source_key`, '/', ''))) + 1),
	CASE WHEN l.`source_id` IS NULL THEN NULL WHEN trim(l.`source_id`, '0123456789-i:TZ') = '' THEN unhex(replace(replace(replace(replace(replace(l.`source_id`, '-', 'a'), 'i', 'b'), ':', 'c'), 'T', 'd'), 'Z', 'e') || substr('f', 1, length(l.`source_id`) % 2)) ELSE unhex('ff' || hex(l.`source_id`)) END,
	CASE WHEN l.`source_version` IS NULL THEN NULL WHEN trim(l.`source_version`, '0123456789-i:TZ') = '' THEN unhex(replace(replace(replace(replace(replace(l.`source_version`, '-', 'a'), 'i', 'b'), ':', 'c'), 'T', 'd'), 'Z', 'e') || substr('f', 1, length(l.`source_version`) % 2)) ELSE unhex('ff' || hex(l.`source_version`)) END,
	CASE WHEN l.`source_meta_version` IS NULL THEN NULL WHEN trim(l.`source_meta_version`, '0123456789-i:TZ') = '' THEN unhex(replace(replace(replace(replace(replace(l.`source_meta_version`, '-', 'a'), 'i', 'b'), ':', 'c'), 'T', 'd'), 'Z', 'e') || substr('f', 1, length(l.`source_meta_version`) % 2)) ELSE unhex('ff' || hex(l.`source_meta_version`)) END,
	l.`source_size`,
	l.`source_modified_at`,
	CASE WHEN l.`destination_key` = l.`source_key` THEN NULL ELSE rtrim(l.`destination_key`, replace(l.`destination_key`, '/', '')) END,
	CASE WHEN l.`destination_key` = l.`source_key` THEN NULL ELSE substr(l.`destination_key`, length(rtrim(l.`destination_key`, replace(l.`destination_key`, '/', ''))) + 1) END,
	CASE WHEN l.`destination_id` IS NULL THEN NULL WHEN trim(l.`destination_id`, '0123456789-i:TZ') = '' THEN unhex(replace(replace(replace(replace(replace(l.`destination_id`, '-', 'a'), 'i', 'b'), ':', 'c'), 'T', 'd'), 'Z', 'e') || substr('f', 1, length(l.`destination_id`) % 2)) ELSE unhex('ff' || hex(l.`destination_id`)) END,
	CASE WHEN l.`destination_version` IS NULL THEN NULL WHEN trim(l.`destination_version`, '0123456789-i:TZ') = '' THEN unhex(replace(replace(replace(replace(replace(l.`destination_version`, '-', 'a'), 'i', 'b'), ':', 'c'), 'T', 'd'), 'Z', 'e') || substr('f', 1, length(l.`destination_version`) % 2)) ELSE unhex('ff' || hex(l.`destination_version`)) END,
	CASE WHEN l.`destination_meta_version` IS NULL THEN NULL WHEN trim(l.`destination_meta_version`, '0123456789-i:TZ') = '' THEN unhex(replace(replace(replace(replace(replace(l.`destination_meta_version`, '-', 'a'), 'i', 'b'), ':', 'c'), 'T', 'd'), 'Z', 'e') || substr('f', 1, length(l.`destination_meta_version`) % 2)) ELSE unhex('ff' || hex(l.`destination_meta_version`)) END,
	l.`destination_size`,
	l.`destination_modified_at`,
	unhex(l.`sha256`),
	l.`judged`,
	l.`mark`,
	CASE WHEN l.`replaced` IS NULL THEN NULL WHEN trim(l.`replaced`, '0123456789-i:TZ') = '' THEN unhex(replace(replace(replace(replace(replace(l.`replaced`, '-', 'a'), 'i', 'b'), ':', 'c'), 'T', 'd'), 'Z', 'e') || substr('f', 1, length(l.`replaced`) % 2)) ELSE unhex('ff' || hex(l.`replaced`)) END
FROM `former_ledger_entries` l JOIN `former_location_pairs` p ON p.`job_id` = l.`job_id` AND p.`number` = l.`pair` ORDER BY l.rowid;--> statement-breakpoint
CREATE TABLE `resting_folders` (
	`pair` integer NOT NULL,
	`source_key` text NOT NULL,
	`destination_key` text NOT NULL,
	`source_print` text NOT NULL,
	`destination_print` text NOT NULL,
	PRIMARY KEY(`pair`, `source_key`),
	FOREIGN KEY (`pair`) REFERENCES `location_pairs`(`number`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `resting_folders` (`pair`, `source_key`, `destination_key`, `source_print`, `destination_print`) SELECT p.rowid, l.`source_key`, l.`destination_key`, l.`source_print`, l.`destination_print` FROM `former_resting_folders` l JOIN `former_location_pairs` p ON p.`job_id` = l.`job_id` AND p.`number` = l.`pair`;--> statement-breakpoint
UPDATE `plans` SET `pair` = (SELECT p.rowid FROM `former_location_pairs` p WHERE p.`job_id` = `plans`.`job_id` AND p.`number` = `plans`.`pair`) WHERE `pair` IS NOT NULL;--> statement-breakpoint
UPDATE `known_listings` SET `pair` = (SELECT p.rowid FROM `former_location_pairs` p WHERE p.`job_id` = `known_listings`.`job_id` AND p.`number` = `known_listings`.`pair`) WHERE `pair` IS NOT NULL;--> statement-breakpoint
DROP TABLE `former_ledger_entries`;--> statement-breakpoint
DROP TABLE `former_resting_folders`;--> statement-breakpoint
DROP TABLE `former_location_pairs`;--> statement-breakpoint
CREATE INDEX `location_pairs_job` ON `location_pairs` (`job_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_source` ON `ledger_entries` (`pair`,`source_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_destination` ON `ledger_entries` (`pair`,`destination_id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_source_place` ON `ledger_entries` (`pair`,`source_folder`,`source_name`);--> statement-breakpoint
CREATE INDEX `ledger_entries_destination_place` ON `ledger_entries` (`pair`,`destination_folder`,`destination_name`) WHERE "ledger_entries"."destination_folder" is not null;--> statement-breakpoint
CREATE INDEX `resting_folders_destination` ON `resting_folders` (`pair`,`destination_key`);