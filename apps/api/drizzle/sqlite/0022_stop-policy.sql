ALTER TABLE `jobs` ADD `stop_reason` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `tally` text;