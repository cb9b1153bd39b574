ALTER TABLE "steps" ADD COLUMN "intent_sha256" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "steps_begun" ON "steps" USING btree ("job_id","begun_at") WHERE begun_at is not null;