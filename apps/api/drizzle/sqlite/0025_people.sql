ALTER TABLE `users` ADD `updated_by_id` text;--> statement-breakpoint
CREATE INDEX `users_name` ON `users` (`display_name`,`id`);