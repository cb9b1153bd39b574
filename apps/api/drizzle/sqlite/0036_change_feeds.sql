CREATE TABLE `change_feeds` (
	`connection_id` text PRIMARY KEY NOT NULL,
	`path` text NOT NULL,
	`secret` text NOT NULL,
	`note` text,
	`problem` text,
	`check_at` integer NOT NULL,
	`lease_until` integer,
	`first_word_at` integer,
	`due_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `change_feeds_path` ON `change_feeds` (`path`);--> statement-breakpoint
CREATE TABLE `feed_words` (
	`connection_id` text NOT NULL,
	`word_id` text NOT NULL,
	`heard_at` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `word_id`)
);
--> statement-breakpoint
CREATE INDEX `feed_words_heard` ON `feed_words` (`connection_id`,`heard_at`);--> statement-breakpoint
ALTER TABLE `jobs` ADD `changes_due_at` integer;--> statement-breakpoint
CREATE INDEX `jobs_changes_due` ON `jobs` (`changes_due_at`);