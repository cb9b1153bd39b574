ALTER TABLE `location_pairs` ADD `machine_start` text;--> statement-breakpoint
ALTER TABLE `location_pairs` ADD `settled_mark` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `ledger_entries` ADD `mark` integer;--> statement-breakpoint
ALTER TABLE `ledger_entries` ADD `replaced` text;