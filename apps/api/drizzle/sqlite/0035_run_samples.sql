CREATE TABLE `run_samples` (
	`run_id` text NOT NULL,
	`at` integer NOT NULL,
	`items_done` integer NOT NULL,
	`bytes_done` integer NOT NULL,
	`call_count` integer NOT NULL,
	`items_flagged` integer NOT NULL,
	PRIMARY KEY(`run_id`, `at`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `activity` (
	`from` integer PRIMARY KEY NOT NULL,
	`items_done` integer NOT NULL,
	`bytes_done` integer NOT NULL,
	`call_count` integer NOT NULL,
	`items_flagged` integer NOT NULL
);
