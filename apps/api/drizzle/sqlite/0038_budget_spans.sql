CREATE TABLE `budget_spans` (
	`budget_id` text NOT NULL,
	`from` integer NOT NULL,
	`calls_before` integer NOT NULL,
	`calls` integer NOT NULL,
	`refusals_before` integer NOT NULL,
	`refusals` integer NOT NULL,
	PRIMARY KEY(`budget_id`, `from`)
);
