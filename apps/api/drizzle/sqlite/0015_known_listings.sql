CREATE TABLE `known_listings` (
	`plan_id` text NOT NULL,
	`side` text NOT NULL,
	`job_id` text NOT NULL,
	`pair` integer NOT NULL,
	`is_taken` integer NOT NULL,
	`listing` text NOT NULL,
	PRIMARY KEY(`plan_id`, `side`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `known_listings_pair` ON `known_listings` (`job_id`,`pair`);--> statement-breakpoint
ALTER TABLE `plans` ADD `source_listing` text;--> statement-breakpoint
ALTER TABLE `plans` ADD `destination_listing` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `is_full_listing` integer DEFAULT false NOT NULL;