ALTER TABLE "jobs" ADD COLUMN "schedule" jsonb;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "next_start_at" timestamp (3) with time zone DEFAULT '9999-12-31T00:00:00.000Z' NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "starts_taken_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "windows" jsonb;--> statement-breakpoint
CREATE INDEX "jobs_next_start" ON "jobs" USING btree ("next_start_at","id");