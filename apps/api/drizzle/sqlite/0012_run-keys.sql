CREATE TABLE `run_keys` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	PRIMARY KEY(`run_id`, `key`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `runs` ADD `is_restricted` integer DEFAULT false NOT NULL;--> statement-breakpoint
INSERT INTO `run_keys` (`run_id`, `key`) SELECT DISTINCT `runs`.`id`, `one`.`value` FROM `runs`, json_each(`runs`.`only_keys`) AS `one` WHERE json_type(`runs`.`only_keys`) = 'array';--> statement-breakpoint
UPDATE `runs` SET `is_restricted` = true WHERE json_type(`only_keys`) = 'array';--> statement-breakpoint
ALTER TABLE `runs` DROP COLUMN `only_keys`;