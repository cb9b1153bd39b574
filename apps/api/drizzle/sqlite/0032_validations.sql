ALTER TABLE `reports` ADD `span` text;--> statement-breakpoint
ALTER TABLE `reports` ADD `validation` text;