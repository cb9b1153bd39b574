CREATE TABLE `staged_deletions` (
	`plan_id` text NOT NULL,
	`remote_id` text NOT NULL,
	PRIMARY KEY(`plan_id`, `remote_id`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_staged_items` (
	`plan_id` text NOT NULL,
	`side` text NOT NULL,
	`key` text NOT NULL,
	`parent_key` text NOT NULL,
	`depth` integer NOT NULL,
	`remote_id` text NOT NULL,
	`kind` text NOT NULL,
	`item` text NOT NULL,
	PRIMARY KEY(`plan_id`, `side`, `key`, `remote_id`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_staged_items`("plan_id", "side", "key", "parent_key", "depth", "remote_id", "kind", "item") SELECT "plan_id", "side", "key", "parent_key", "depth", "remote_id", "kind", "item" FROM `staged_items`;--> statement-breakpoint
DROP TABLE `staged_items`;--> statement-breakpoint
ALTER TABLE `__new_staged_items` RENAME TO `staged_items`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `staged_items_order` ON `staged_items` (`plan_id`,`side`,`depth`,`parent_key`,`key`);--> statement-breakpoint
CREATE INDEX `staged_items_parent` ON `staged_items` (`plan_id`,`side`,`parent_key`,`key`);--> statement-breakpoint
CREATE INDEX `staged_items_remote` ON `staged_items` (`plan_id`,`side`,`remote_id`);--> statement-breakpoint
CREATE INDEX `staged_items_kind` ON `staged_items` (`plan_id`,`side`,`kind`,`key`);--> statement-breakpoint
ALTER TABLE `plans` ADD `source_proof` text;--> statement-breakpoint
ALTER TABLE `plans` ADD `destination_proof` text;