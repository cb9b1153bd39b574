CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"login" text COLLATE "C" NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"is_active" boolean NOT NULL,
	"password_hash" text COLLATE "C" NOT NULL,
	"last_seen_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"prefix" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"scopes" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_by_id" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"actor_id" text COLLATE "C" NOT NULL,
	"mutation" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"arguments_hash" text COLLATE "C" NOT NULL,
	"payload" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_actor_id_mutation_key_pk" PRIMARY KEY("actor_id","mutation","key")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"name_key" text COLLATE "C" NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"settings" jsonb NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"credential" text COLLATE "C",
	"credential_hint" text COLLATE "C",
	"tokens" text COLLATE "C",
	"sign_in_id" text COLLATE "C",
	"budget_id" text COLLATE "C",
	"status" text COLLATE "C" NOT NULL,
	"status_message" text COLLATE "C" NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"checks" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "oauth_flows" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"connection_id" text COLLATE "C",
	"state_hash" text COLLATE "C" NOT NULL,
	"session_id" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"client_key" text COLLATE "C" NOT NULL,
	"authorization_url" text COLLATE "C",
	"return_to" text COLLATE "C",
	"failure" jsonb,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"api_host" text COLLATE "C" NOT NULL,
	"client" text COLLATE "C" NOT NULL,
	"label" text COLLATE "C" NOT NULL,
	"reserve_share" double precision NOT NULL,
	"hourly_limit" integer,
	"spike_limit" integer,
	"state" jsonb,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_events" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"topic" text COLLATE "C" NOT NULL,
	"change" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"related_id" text COLLATE "C",
	"run_state" text COLLATE "C",
	"occurred_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"name_key" text COLLATE "C" NOT NULL,
	"description" text COLLATE "C",
	"transfer_type" text COLLATE "C" NOT NULL,
	"labels" jsonb NOT NULL,
	"source_connection_id" text COLLATE "C" NOT NULL,
	"source_path" text COLLATE "C" NOT NULL,
	"source_remote_id" text COLLATE "C",
	"destination_connection_id" text COLLATE "C" NOT NULL,
	"destination_path" text COLLATE "C" NOT NULL,
	"destination_remote_id" text COLLATE "C",
	"policies" jsonb NOT NULL,
	"approval" text COLLATE "C" NOT NULL,
	"is_suspended" boolean NOT NULL,
	"is_draft" boolean NOT NULL,
	"ledger_item_count" bigint NOT NULL,
	"run_count" integer NOT NULL,
	"latest_run_id" text COLLATE "C",
	"latest_run_at" timestamp (3) with time zone NOT NULL,
	"latest_plan_id" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"job_id" text COLLATE "C" NOT NULL,
	"job_version" integer NOT NULL,
	"run_id" text COLLATE "C",
	"is_frozen" boolean NOT NULL,
	"task_state" text COLLATE "C" NOT NULL,
	"failure" jsonb,
	"phase" text COLLATE "C" NOT NULL,
	"digest" text COLLATE "C",
	"totals" jsonb NOT NULL,
	"step_count" bigint NOT NULL,
	"approval_state" text COLLATE "C" NOT NULL,
	"decided_by_id" text COLLATE "C",
	"comment" text COLLATE "C",
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" text COLLATE "C",
	"finished_at" timestamp (3) with time zone,
	"lease_owner" text COLLATE "C",
	"lease_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"job_id" text COLLATE "C" NOT NULL,
	"active_job_id" text COLLATE "C",
	"number" integer NOT NULL,
	"job_version" integer NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"wish" text COLLATE "C" NOT NULL,
	"state_reason" jsonb,
	"waiting_until" timestamp (3) with time zone,
	"trigger" text COLLATE "C" NOT NULL,
	"started_by_id" text COLLATE "C",
	"continues_id" text COLLATE "C",
	"only_keys" jsonb,
	"approval" text COLLATE "C" NOT NULL,
	"policies" jsonb NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"counters" jsonb NOT NULL,
	"items_discovered" bigint NOT NULL,
	"bytes_discovered" bigint NOT NULL,
	"calls" jsonb NOT NULL,
	"event_count" bigint NOT NULL,
	"live" jsonb,
	"lease_owner" text COLLATE "C",
	"lease_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "steps" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"job_id" text COLLATE "C" NOT NULL,
	"sequence" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"item_key" text COLLATE "C" NOT NULL,
	"source_key" text COLLATE "C",
	"destination_key" text COLLATE "C",
	"source_remote_id" text COLLATE "C",
	"byte_size" bigint,
	"plan_reason" text COLLATE "C" NOT NULL,
	"plan_message" text COLLATE "C" NOT NULL,
	"step" text COLLATE "C" NOT NULL,
	"byte_count" bigint NOT NULL,
	"call_count" integer NOT NULL,
	"is_destructive" boolean NOT NULL,
	"is_revised" boolean NOT NULL,
	"is_stale" boolean NOT NULL,
	"outcome" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"message" text COLLATE "C" NOT NULL,
	"remedy" text COLLATE "C",
	"sha256" text COLLATE "C",
	"verified_by" text COLLATE "C",
	"destination_remote_id" text COLLATE "C",
	"bytes_done" bigint NOT NULL,
	"versions_done" integer NOT NULL,
	"attempts" jsonb NOT NULL,
	"attempt_count" integer NOT NULL,
	"begun_at" timestamp (3) with time zone,
	"is_in_doubt" boolean NOT NULL,
	"checkpoint" text COLLATE "C",
	"finished_at" timestamp (3) with time zone,
	"is_latest" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staged_items" (
	"plan_id" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"parent_key" text COLLATE "C" NOT NULL,
	"depth" integer NOT NULL,
	"remote_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	CONSTRAINT "staged_items_plan_id_side_key_pk" PRIMARY KEY("plan_id","side","key")
);
--> statement-breakpoint
CREATE TABLE "staged_problems" (
	"plan_id" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"problem" text COLLATE "C" NOT NULL,
	CONSTRAINT "staged_problems_plan_id_side_key_pk" PRIMARY KEY("plan_id","side","key")
);
--> statement-breakpoint
CREATE TABLE "run_events" (
	"run_id" text COLLATE "C" NOT NULL,
	"sequence" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"state" text COLLATE "C",
	"step_id" text COLLATE "C",
	"severity" text COLLATE "C",
	"message" text COLLATE "C",
	CONSTRAINT "run_events_run_id_sequence_pk" PRIMARY KEY("run_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"job_id" text COLLATE "C" NOT NULL,
	"source_key" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"source_id" text COLLATE "C" NOT NULL,
	"source_version" text COLLATE "C",
	"source_size" bigint,
	"source_modified_at" bigint,
	"destination_key" text COLLATE "C" NOT NULL,
	"destination_id" text COLLATE "C" NOT NULL,
	"destination_version" text COLLATE "C",
	"sha256" text COLLATE "C",
	CONSTRAINT "ledger_job_id_source_key_pk" PRIMARY KEY("job_id","source_key")
);
--> statement-breakpoint
CREATE TABLE "item_failures" (
	"job_id" text COLLATE "C" NOT NULL,
	"item_key" text COLLATE "C" NOT NULL,
	"run_count" integer NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "item_failures_job_id_item_key_pk" PRIMARY KEY("job_id","item_key")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staged_items" ADD CONSTRAINT "staged_items_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staged_problems" ADD CONSTRAINT "staged_problems_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_failures" ADD CONSTRAINT "item_failures_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "users_login" ON "users" USING btree ("login");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_hash" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_token_hash" ON "api_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "connections_name" ON "connections" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "connections_budget" ON "connections" USING btree ("budget_id");--> statement-breakpoint
CREATE UNIQUE INDEX "oauth_flows_state_hash" ON "oauth_flows" USING btree ("state_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_host_client" ON "budgets" USING btree ("api_host","client");--> statement-breakpoint
CREATE INDEX "change_events_occurred" ON "change_events" USING btree ("occurred_at");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_name" ON "jobs" USING btree ("name_key");--> statement-breakpoint
CREATE INDEX "jobs_latest_run" ON "jobs" USING btree ("latest_run_at","id");--> statement-breakpoint
CREATE INDEX "jobs_source" ON "jobs" USING btree ("source_connection_id");--> statement-breakpoint
CREATE INDEX "jobs_destination" ON "jobs" USING btree ("destination_connection_id");--> statement-breakpoint
CREATE INDEX "plans_job" ON "plans" USING btree ("job_id","created_at");--> statement-breakpoint
CREATE INDEX "plans_task" ON "plans" USING btree ("task_state","created_at");--> statement-breakpoint
CREATE INDEX "plans_run" ON "plans" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_active_job" ON "runs" USING btree ("active_job_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_number" ON "runs" USING btree ("job_id","number");--> statement-breakpoint
CREATE INDEX "runs_queued" ON "runs" USING btree ("queued_at","id");--> statement-breakpoint
CREATE INDEX "runs_job_queued" ON "runs" USING btree ("job_id","queued_at","id");--> statement-breakpoint
CREATE INDEX "runs_plan" ON "runs" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "steps_sequence" ON "steps" USING btree ("plan_id","sequence");--> statement-breakpoint
CREATE INDEX "steps_outcome" ON "steps" USING btree ("plan_id","outcome","sequence");--> statement-breakpoint
CREATE INDEX "steps_item" ON "steps" USING btree ("plan_id","item_key");--> statement-breakpoint
CREATE INDEX "steps_latest" ON "steps" USING btree ("job_id","is_latest","item_key","id");--> statement-breakpoint
CREATE INDEX "staged_items_order" ON "staged_items" USING btree ("plan_id","side","depth","parent_key","key");--> statement-breakpoint
CREATE INDEX "staged_items_parent" ON "staged_items" USING btree ("plan_id","side","parent_key","key");--> statement-breakpoint
CREATE INDEX "staged_items_remote" ON "staged_items" USING btree ("plan_id","side","remote_id");--> statement-breakpoint
CREATE INDEX "staged_items_kind" ON "staged_items" USING btree ("plan_id","side","kind","key");--> statement-breakpoint
CREATE INDEX "run_events_occurred" ON "run_events" USING btree ("occurred_at");