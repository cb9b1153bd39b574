CREATE TABLE `audit_events` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`occurred_at` integer NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`target_id` text,
	`changes` text NOT NULL,
	`ip_address` text,
	`request_id` text,
	`chain_hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_events_actor` ON `audit_events` (`actor_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_events_target` ON `audit_events` (`target_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_events_action` ON `audit_events` (`action`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_events_occurred` ON `audit_events` (`occurred_at`);