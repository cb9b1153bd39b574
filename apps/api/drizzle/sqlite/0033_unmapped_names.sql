CREATE TABLE `unmapped_names` (
	`plan_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text,
	`reason` text,
	`field` text,
	`value` text,
	`message` text NOT NULL,
	`is_flagged` integer NOT NULL,
	`item_count` integer NOT NULL,
	`examples` text NOT NULL,
	PRIMARY KEY(`plan_id`, `position`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
