ALTER TABLE "jobs" ADD COLUMN "stop_reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "tally" jsonb;