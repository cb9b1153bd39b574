ALTER TABLE "budgets" ADD COLUMN "settings_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "updated_by_id" text COLLATE "C";