CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`login` text NOT NULL,
	`display_name` text NOT NULL,
	`role` text NOT NULL,
	`is_active` integer NOT NULL,
	`password_hash` text NOT NULL,
	`last_seen_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_login` ON `users` (`login`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`display_name` text NOT NULL,
	`prefix` text NOT NULL,
	`token_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	`created_by_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_token_hash` ON `api_tokens` (`token_hash`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor_id` text NOT NULL,
	`mutation` text NOT NULL,
	`key` text NOT NULL,
	`arguments_hash` text NOT NULL,
	`payload` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `mutation`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`platform` text NOT NULL,
	`settings` text NOT NULL,
	`method` text NOT NULL,
	`credential` text,
	`credential_hint` text,
	`tokens` text,
	`sign_in_id` text,
	`budget_id` text,
	`status` text NOT NULL,
	`status_message` text NOT NULL,
	`checked_at` integer,
	`checks` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by_id` text
);
--> statement-breakpoint
CREATE INDEX `connections_name` ON `connections` (`name_key`,`id`);--> statement-breakpoint
CREATE INDEX `connections_budget` ON `connections` (`budget_id`);--> statement-breakpoint
CREATE TABLE `oauth_flows` (
	`id` text PRIMARY KEY NOT NULL,
	`connection_id` text,
	`state_hash` text NOT NULL,
	`session_id` text,
	`state` text NOT NULL,
	`client_key` text NOT NULL,
	`authorization_url` text,
	`return_to` text,
	`failure` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `oauth_flows_state_hash` ON `oauth_flows` (`state_hash`);--> statement-breakpoint
CREATE TABLE `budgets` (
	`id` text PRIMARY KEY NOT NULL,
	`api_host` text NOT NULL,
	`client` text NOT NULL,
	`label` text NOT NULL,
	`reserve_share` real NOT NULL,
	`hourly_limit` integer,
	`spike_limit` integer,
	`state` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `budgets_host_client` ON `budgets` (`api_host`,`client`);--> statement-breakpoint
CREATE TABLE `change_events` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`change` text NOT NULL,
	`subject_id` text NOT NULL,
	`related_id` text,
	`run_state` text,
	`occurred_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `change_events_occurred` ON `change_events` (`occurred_at`);--> statement-breakpoint
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `facts` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`description` text,
	`transfer_type` text NOT NULL,
	`labels` text NOT NULL,
	`source_connection_id` text NOT NULL,
	`source_path` text NOT NULL,
	`source_remote_id` text,
	`destination_connection_id` text NOT NULL,
	`destination_path` text NOT NULL,
	`destination_remote_id` text,
	`policies` text NOT NULL,
	`approval` text NOT NULL,
	`is_suspended` integer NOT NULL,
	`is_draft` integer NOT NULL,
	`ledger_item_count` integer NOT NULL,
	`run_count` integer NOT NULL,
	`latest_run_id` text,
	`latest_run_at` integer NOT NULL,
	`latest_plan_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_name` ON `jobs` (`name_key`);--> statement-breakpoint
CREATE INDEX `jobs_latest_run` ON `jobs` (`latest_run_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_source` ON `jobs` (`source_connection_id`);--> statement-breakpoint
CREATE INDEX `jobs_destination` ON `jobs` (`destination_connection_id`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`job_version` integer NOT NULL,
	`run_id` text,
	`is_frozen` integer NOT NULL,
	`task_state` text NOT NULL,
	`failure` text,
	`phase` text NOT NULL,
	`digest` text,
	`totals` text NOT NULL,
	`step_count` integer NOT NULL,
	`approval_state` text NOT NULL,
	`decided_by_id` text,
	`comment` text,
	`expires_at` integer,
	`created_at` integer NOT NULL,
	`created_by_id` text,
	`finished_at` integer,
	`lease_owner` text,
	`lease_until` integer,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `plans_job` ON `plans` (`job_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `plans_task` ON `plans` (`task_state`,`created_at`);--> statement-breakpoint
CREATE INDEX `plans_run` ON `plans` (`run_id`);--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`active_job_id` text,
	`number` integer NOT NULL,
	`job_version` integer NOT NULL,
	`plan_id` text NOT NULL,
	`state` text NOT NULL,
	`wish` text NOT NULL,
	`state_reason` text,
	`waiting_until` integer,
	`trigger` text NOT NULL,
	`started_by_id` text,
	`continues_id` text,
	`only_keys` text,
	`approval` text NOT NULL,
	`policies` text NOT NULL,
	`queued_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`counters` text NOT NULL,
	`items_discovered` integer NOT NULL,
	`bytes_discovered` integer NOT NULL,
	`calls` text NOT NULL,
	`event_count` integer NOT NULL,
	`live` text,
	`lease_owner` text,
	`lease_until` integer,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_active_job` ON `runs` (`active_job_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `runs_number` ON `runs` (`job_id`,`number`);--> statement-breakpoint
CREATE INDEX `runs_queued` ON `runs` (`queued_at`,`id`);--> statement-breakpoint
CREATE INDEX `runs_job_queued` ON `runs` (`job_id`,`queued_at`,`id`);--> statement-breakpoint
CREATE INDEX `runs_plan` ON `runs` (`plan_id`);--> statement-breakpoint
CREATE TABLE `steps` (
	`id` text PRIMARY KEY NOT NULL,
	`plan_id` text NOT NULL,
	`job_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`action` text NOT NULL,
	`side` text NOT NULL,
	`kind` text NOT NULL,
	`item_key` text NOT NULL,
	`source_key` text,
	`destination_key` text,
	`source_remote_id` text,
	`byte_size` integer,
	`plan_reason` text NOT NULL,
	`plan_message` text NOT NULL,
	`step` text NOT NULL,
	`byte_count` integer NOT NULL,
	`call_count` integer NOT NULL,
	`is_destructive` integer NOT NULL,
	`is_revised` integer NOT NULL,
	`is_stale` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`message` text NOT NULL,
	`remedy` text,
	`sha256` text,
	`verified_by` text,
	`destination_remote_id` text,
	`bytes_done` integer NOT NULL,
	`versions_done` integer NOT NULL,
	`attempts` text NOT NULL,
	`attempt_count` integer NOT NULL,
	`begun_at` integer,
	`is_in_doubt` integer NOT NULL,
	`checkpoint` text,
	`finished_at` integer,
	`is_latest` integer NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `steps_sequence` ON `steps` (`plan_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `steps_outcome` ON `steps` (`plan_id`,`outcome`,`sequence`);--> statement-breakpoint
CREATE INDEX `steps_item` ON `steps` (`plan_id`,`item_key`);--> statement-breakpoint
CREATE INDEX `steps_latest` ON `steps` (`job_id`,`is_latest`,`item_key`,`id`);--> statement-breakpoint
CREATE TABLE `staged_items` (
	`plan_id` text NOT NULL,
	`side` text NOT NULL,
	`key` text NOT NULL,
	`parent_key` text NOT NULL,
	`depth` integer NOT NULL,
	`remote_id` text NOT NULL,
	`kind` text NOT NULL,
	`item` text NOT NULL,
	PRIMARY KEY(`plan_id`, `side`, `key`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `staged_items_order` ON `staged_items` (`plan_id`,`side`,`depth`,`parent_key`,`key`);--> statement-breakpoint
CREATE INDEX `staged_items_parent` ON `staged_items` (`plan_id`,`side`,`parent_key`,`key`);--> statement-breakpoint
CREATE INDEX `staged_items_remote` ON `staged_items` (`plan_id`,`side`,`remote_id`);--> statement-breakpoint
CREATE INDEX `staged_items_kind` ON `staged_items` (`plan_id`,`side`,`kind`,`key`);--> statement-breakpoint
CREATE TABLE `staged_problems` (
	`plan_id` text NOT NULL,
	`side` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`problem` text NOT NULL,
	PRIMARY KEY(`plan_id`, `side`, `key`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `run_events` (
	`run_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`kind` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`state` text,
	`step_id` text,
	`severity` text,
	`message` text,
	PRIMARY KEY(`run_id`, `sequence`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `run_events_occurred` ON `run_events` (`occurred_at`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`job_id` text NOT NULL,
	`source_key` text NOT NULL,
	`kind` text NOT NULL,
	`source_id` text NOT NULL,
	`source_version` text,
	`source_size` integer,
	`source_modified_at` integer,
	`destination_key` text NOT NULL,
	`destination_id` text NOT NULL,
	`destination_version` text,
	`sha256` text,
	PRIMARY KEY(`job_id`, `source_key`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `item_failures` (
	`job_id` text NOT NULL,
	`item_key` text NOT NULL,
	`run_count` integer NOT NULL,
	`run_id` text NOT NULL,
	PRIMARY KEY(`job_id`, `item_key`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
